import { z } from 'zod';
import { currencyDecimals } from './money.ts';

/** A decimal number, as a JSON number or as text; its decimals are checked against its currency by the verb. */
export const amountField = z
  .union([z.number(), z.string().regex(/^[+-]?\d+(\.\d+)?$/, 'must be a decimal number such as "12.34"')])
  .meta({
    description: 'A decimal number, or the same as text. No more decimals than the currency has.',
  });

/** An ISO 4217 code in capitals. */
export const currencyField = z
  .string()
  .refine((text) => currencyDecimals(text) !== undefined, 'must be an ISO 4217 currency code such as EUR')
  .meta({ description: 'ISO 4217 currency code', example: 'EUR' });

/** ISO 8601 with an offset; one without is refused, since nobody can say which instant it means. */
export const timestampField = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 timestamp with an offset, such as 2026-03-01T12:00:00+01:00 or …Z',
  })
  .refine(isInstant, 'must be a date that exists, of the years 1000 to 9999')
  .transform((text) => new Date(text))
  .meta({ type: 'string', format: 'date-time' });

/** A calendar day, `2026-03-01`. */
export const dayField = z.iso.date({
  error: 'must be a calendar day such as 2026-03-01',
});

/** Text that is not empty, without space around it. What PostgreSQL cannot store is refused, and never mangled. */
export const textField = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine(
      (text) => !unstorable.test(text),
      'holds a character that cannot be stored (NUL or half a surrogate pair)',
    );

const unstorable = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** An address as people write it; it is compared by its hash. */
export const emailField = textField(320).regex(/^[^@\s]+@[^@\s]+$/, 'must be an email address');

/** The name of a shop, unique in the installation. */
export const sourceField = textField(100).default('default');

export const externalIdField = textField(200);

/** Any JSON. (Not z.json(): the OpenAPI document has no name for a schema that contains itself.) */
export const jsonField = z.unknown().meta({ description: 'Any JSON value' });

/** How a list is asked for: at most `limit` rows, going on from `cursor`. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(500).optional(),
};

// JavaScript's dates have years that PostgreSQL does not read: 0000 and those with a sign.
function isInstant(text: string): boolean {
  const instant = Date.parse(text);
  return instant >= Date.parse('1000-01-01T00:00:00Z') && instant <= Date.parse('9999-12-31T23:59:59.999Z');
}
