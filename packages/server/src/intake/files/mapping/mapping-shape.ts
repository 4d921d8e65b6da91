import { z } from 'zod';
import { currencyField, textField } from '../../../vocabulary/fields.ts';
import { timeZoneNamed } from '../../../vocabulary/time-zone.ts';

/** A column's name, or `file.column` for one of a joined file. */
const column = z.string().min(1);

const constant = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be text, a number, true or false',
});

const timeZone = z
  .string()
  .refine(
    (name) => timeZoneNamed(name) !== undefined,
    'must be a time zone of the IANA database, such as America/Sao_Paulo',
  );

/** How one field comes to be. */
const rule = z.strictObject({
  column: z
    .union([column, z.array(column).min(1)], { error: 'must be a column, or a list of columns' })
    .optional(),
  sum: z
    .union([column, z.array(column).min(1)], { error: 'must be a column, or a list of columns' })
    .optional(),
  value: constant.optional(),
  values: z.record(z.string(), constant).optional(),
  otherwise: constant.optional(),
  default: constant.optional(),
  format: z.string().min(1).optional(),
  time_zone: timeZone.optional(),
  divide_by: z
    .number()
    .refine((by) => /^10*$/.test(String(by)) && by <= 1e9, 'must be 10, 100, 1000 … up to 1000000000')
    .optional(),
  round: z.int().min(0).max(4).optional(),
});
export type Rule = z.output<typeof rule>;

// `status: order_status` is short for `status: { column: order_status }`.
const fields = z.record(
  z.string(),
  z.preprocess((given) => (typeof given === 'string' ? { column: given } : given), rule),
);

const join = z.union([z.strictObject({ on: column }), z.strictObject({ from: column, to: column })], {
  error: 'must be { on: column }, or { from: column, to: column of the joined file }',
});

const headFields = {
  source: textField(100).optional(),
  currency: currencyField.optional(),
  time_zone: timeZone.optional(),
  numbers: z
    .strictObject({
      decimal: z.enum(['.', ','], 'must be "." or ","'),
      thousands: z.enum(['.', ',', ' ', "'"], 'must be ".", ",", " " or "\'"').optional(),
    })
    .refine(
      ({ decimal, thousands }) => decimal !== thousands,
      'must differ: decimal and thousands are the same',
    )
    .optional(),
};

const section = z.strictObject({
  ...headFields,
  rows: z.string().optional(),
  join: z.record(z.string(), join).optional(),
  group_by: z
    .preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(column).min(1))
    .optional(),
  fields: fields.optional(),
  lines: z.strictObject({ each: z.string().optional(), fields }).optional(),
  create_missing_products: z.boolean().optional(),
});
export type Section = z.output<typeof section>;

/** A mapping as it is written: what holds for all of its kinds, and how each of them is made of rows. */
export const mappingShape = z.strictObject({
  ...headFields,
  csv: z
    .strictObject({
      delimiter: z.string().length(1, 'must be one character, such as ";"').optional(),
      encoding: z
        .string()
        .refine(isEncoding, 'must be the name of an encoding, such as utf-8 or windows-1252')
        .optional(),
    })
    .optional(),
  files: z.record(z.string().regex(/^\w+$/, 'must be one word'), z.string().min(1)).optional(),
  products: section.optional(),
  customers: section.optional(),
  orders: section.optional(),
  spend: section.optional(),
  sends: section.optional(),
  conversions: section.optional(),
  visits: section.optional(),
});
export type Mapping = z.output<typeof mappingShape>;

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false; // unknown to the platform: refused by name
  }
}
