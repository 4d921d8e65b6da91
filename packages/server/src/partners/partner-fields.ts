import { z } from 'zod';
import { emailField, pageFields, textField } from '../vocabulary/fields.ts';

export const partnerKinds = ['retailer', 'brand', 'advertiser'] as const;

const described = {
  name: textField(200),
  email: emailField.nullish(),
  region: textField(100).nullish().meta({ description: 'Such as East, by which reports group.' }),
  active: z.boolean().optional(),
  aliases: z.array(textField(200)).max(50).optional().meta({
    description:
      'Ids and spellings by which orders and other systems name this partner, whatever their case.',
  }),
};

export const newPartnerFields = z.object({ ...described, kind: z.enum(partnerKinds) });
export type NewPartner = z.output<typeof newPartnerFields>;

export const partnerChangeFields = z.object(described).partial();
export type PartnerChange = z.output<typeof partnerChangeFields>;

export const partnerFilterFields = z.object({
  ...pageFields,
  kind: z.enum(partnerKinds).optional(),
  region: z.string().optional(),
  active: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  search: textField(200).optional().meta({ description: 'Part of a name or an alias.' }),
});
export type PartnerFilter = z.output<typeof partnerFilterFields>;

/** A partner as the API shows it. */
export const partnerData = z.object({
  id: z.uuid(),
  kind: z.enum(partnerKinds),
  name: z.string(),
  email: z.string().nullable(),
  region: z.string().nullable(),
  active: z.boolean(),
  aliases: z.array(z.string()),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type PartnerData = z.output<typeof partnerData>;
