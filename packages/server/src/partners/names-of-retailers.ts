import { type RawBuilder, sql } from 'kysely';
import { nameKeyOf } from './resolve-partners.ts';

/**
 * Whether a text names one of the retailers that are meant: they, and what it says, may be called by id, name or alias,
 * whatever the case. It stands in queries, and is no more to them than a list of words.
 *
 * @param retailer an expression of type text, as orders and conversions have it
 * @param called what the retailers that are meant are called; also ones that nobody entered
 */
export function isOneOfRetailers(retailer: RawBuilder<unknown>, called: string[]): RawBuilder<boolean> {
  const keys = called.map(nameKeyOf);
  return sql`lower(btrim(${retailer})) = any(array(
    select unnest(${keys}::text[])
    union
    select theirs.name_key
      from partner_names named
      join partner_names theirs on theirs.partner_id = named.partner_id
     where named.kind = 'retailer' and named.name_key = any(${keys}::text[])))`;
}
