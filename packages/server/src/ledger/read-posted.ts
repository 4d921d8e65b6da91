import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { PostedCredit } from './compare-credits.ts';

/**
 * What the ledger says of these orders now: the sum of their entries by order, line, product, campaign, version, sale time and
 * whether the profit is known. What has been taken back whole is left out.
 */
export async function readPosted(db: Database, orderIds: string[]): Promise<Map<string, PostedCredit[]>> {
  const { rows } = await sql<PostedCredit>`
    select order_id, line_no, product_id, campaign_id, model_version_id, currency, sale_time,
           profit_minor is not null as profit_known,
           sum(quantity_e4)::bigint as quantity_e4,
           sum(revenue_minor)::bigint as revenue_minor,
           coalesce(sum(profit_minor), 0)::bigint as profit_minor
      from credit_entries
     where order_id = any(${orderIds}::uuid[])
     group by order_id, line_no, product_id, campaign_id, model_version_id, currency, sale_time, profit_minor is not null
    having sum(quantity_e4) <> 0 or sum(revenue_minor) <> 0 or coalesce(sum(profit_minor), 0) <> 0`.execute(
    db,
  );
  const byOrder = new Map<string, PostedCredit[]>(orderIds.map((id) => [id, []]));
  for (const row of rows) byOrder.get(row.order_id)!.push(row);
  return byOrder;
}
