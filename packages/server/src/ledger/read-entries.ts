import { sql } from 'kysely';
import { seenCampaignIds } from '../campaigns/index.ts';
import type { Database } from '../database/index.ts';
import { formatMoney } from '../vocabulary/money.ts';
import type { Scope } from '../vocabulary/permission.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';

/** A row of the ledger as the API shows it. */
export type CreditEntry = {
  id: string;
  order_id: string;
  line_no: number;
  campaign_id: string;
  campaign_name: string;
  model: string;
  model_version: number;
  kind: string;
  currency: string;
  quantity: number;
  revenue: number;
  profit: number | null;
  sale_time: string;
  posted_at: string;
  matched_count: number;
  reason: string;
  run: string | null;
};

/**
 * The entries of an order in the order they were posted, those of campaigns in the scope; of one model when it is
 * named.
 */
export async function readEntries(
  db: Database,
  orderId: string,
  scope: Scope,
  model?: string,
): Promise<CreditEntry[]> {
  const rows = await db
    .selectFrom('credit_entries as e')
    .innerJoin('attribution_models as m', 'm.id', 'e.model_version_id')
    .innerJoin('campaigns as c', 'c.id', 'e.campaign_id')
    .select(['e.id', 'e.order_id', 'e.line_no', 'e.campaign_id', 'c.name as campaign_name', 'm.model'])
    .select(['m.version as model_version', 'e.kind', 'e.currency', 'e.quantity_e4', 'e.revenue_minor'])
    .select([
      'e.profit_minor',
      'e.sale_time',
      'e.posted_at',
      'e.matched_count',
      reasonSeen(scope).as('reason'),
      'e.run_id',
    ])
    .where('e.order_id', '=', orderId)
    .$if(scope.kind !== 'all', (query) =>
      query.where(sql<boolean>`e.campaign_id = any(array${seenCampaignIds(scope)})`),
    )
    .$if(model !== undefined, (query) => query.where('m.model', '=', model!))
    .orderBy('e.posted_at')
    .orderBy('m.model')
    .orderBy('e.line_no')
    .orderBy(sql`c.created_at`)
    .orderBy('e.id')
    .execute();
  return rows.map(({ quantity_e4, revenue_minor, profit_minor, run_id, ...row }) => ({
    ...row,
    quantity: formatQuantity(quantity_e4),
    revenue: formatMoney(revenue_minor, row.currency),
    profit: profit_minor === null ? null : formatMoney(profit_minor, row.currency),
    sale_time: row.sale_time.toISOString(),
    posted_at: row.posted_at.toISOString(),
    run: run_id,
  }));
}

/** A correction names the campaign whose change it followed, which may be another's. */
function reasonSeen(scope: Scope) {
  if (scope.kind === 'all') return sql<string>`e.reason`;
  return sql<string>`case
    when e.reason like 'campaign %' and not exists (
      select from campaigns named
       where named.id in ${seenCampaignIds(scope)} and starts_with(e.reason, 'campaign ' || named.tracking_code || ' '))
    then 'another campaign changed' else e.reason end`;
}
