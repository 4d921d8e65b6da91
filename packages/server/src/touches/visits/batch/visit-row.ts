import { z } from 'zod';
import { externalIdField, timestampField } from '../../../vocabulary/fields.ts';
import { arrivalFields, landingPageField } from '../visit-input.ts';

/** A past visit, or one that the shop's server saw. */
export const visitRow = z.strictObject({
  external_id: externalIdField.nullish().meta({
    description: 'Its id where it comes from. Without one, session, time and campaign say which visit it is.',
  }),
  campaign_id: z.uuid().nullish().meta({ description: 'In place of tracking_code.' }),
  ...arrivalFields,
  visited_at: timestampField,
  last_activity_at: timestampField.nullish().meta({
    description:
      'When the session was last seen; it keeps the visit alive. The time of the visit by default.',
  }),
  landing_page: landingPageField,
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be the two letters of a country, such as DE')
    .nullish(),
});
export type VisitRow = z.output<typeof visitRow>;
