import { z } from 'zod';
import { textField } from '../../vocabulary/fields.ts';

const labels = (description: string, example: Record<string, string>) =>
  z
    .record(textField(100), z.string().max(1000))
    .refine((given) => Object.keys(given).length <= 50, 'has more than 50 entries')
    .nullish()
    .meta({ description, example });

const address = (description: string) => z.string().max(4000).nullish().meta({ description });

/** A session as the tracker makes it: any text that is its own for each visitor's browser. */
export const sessionIdField = textField(200).meta({
  description: "The visitor's session, the same on orders; a random UUID by the tracker.",
});

// A page that fills it in from its address sends an empty one where that has none.
const emptyAsNone = (code: unknown) => (typeof code === 'string' && code.trim() === '' ? null : code);

export const trackingCodeField = z.preprocess(emptyAsNone, textField(200).nullable()).optional().meta({
  description:
    'Of the campaign; upper and lower case are the same. Without it, or empty, utm_campaign is taken.',
  example: 'INSTA_SUMMER_DRESS_01',
});

/** What an arrival says of itself, however it is sent. */
export const arrivalFields = {
  tracking_code: trackingCodeField,
  session_id: sessionIdField,
  referrer: address('The page before, as the browser names it.'),
  user_agent: z.string().max(2000).nullish().meta({ description: "The visitor's browser." }),
  click_ids: labels('Ad click ids; without them those of landing_page are taken.', { gclid: 'Cj0KCQ' }),
  utm: labels('UTM parameters; without them those of landing_page are taken.', { utm_source: 'instagram' }),
};

export const landingPageField = address('Where the visitor arrived: an address, or its path.');

/** The site key, for where no header can be set (`navigator.sendBeacon`). */
export const keyField = z.string().max(100).optional().meta({
  description: 'The site key; the header X-Site-Key or the query parameter `key` do as well.',
});

export const visitInput = z.object({
  ...arrivalFields,
  landing_page: landingPageField.unwrap().unwrap(),
  ts_session: sessionIdField.nullish().meta({
    description: 'As a short link put it into the address: its click becomes one of this session.',
  }),
  own: z
    .boolean()
    .optional()
    .meta({ description: "The merchant's own traffic: kept apart, counted, never credited." }),
  key: keyField,
});
export type VisitInput = z.output<typeof visitInput>;

export const activityInput = z.object({ session_id: sessionIdField, key: keyField });
export type ActivityInput = z.output<typeof activityInput>;
