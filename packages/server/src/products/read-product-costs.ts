import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { type ProductCosts, sinceEver } from './unit-cost.ts';

/**
 * What is known of the costs of these products: periods in order of time, batches by name.
 *
 * @returns an entry for every id asked for, empty where no cost is known
 */
export async function readProductCosts(
  db: Database,
  productIds: string[],
): Promise<Map<string, ProductCosts>> {
  const known = new Map<string, ProductCosts>(productIds.map((id) => [id, { costs: [], batches: [] }]));
  if (known.size === 0) return known;
  const ids = [...known.keys()];

  const costs = await db
    .selectFrom('product_costs')
    .select(['product_id', 'currency', 'unit_cost_minor'])
    .select(sql<Date | null>`lower(period)`.as('from'))
    .select(sql<Date | null>`upper(period)`.as('to'))
    .where('product_id', '=', sql<string>`any(${ids})`)
    .orderBy('product_id')
    .orderBy('currency')
    .orderBy(sql`lower(period)`, (order) => order.asc().nullsFirst())
    .execute();
  for (const { product_id, from, to, ...cost } of costs) {
    known.get(product_id)!.costs.push({ ...cost, period: { from: from ?? sinceEver, to } });
  }

  const batches = await db
    .selectFrom('product_batches')
    .selectAll()
    .where('product_id', '=', sql<string>`any(${ids})`)
    .orderBy('batch')
    .orderBy('currency')
    .execute();
  for (const { product_id, ...batch } of batches) known.get(product_id)!.batches.push(batch);
  return known;
}
