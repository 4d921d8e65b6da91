import { z } from 'zod';
import type { Database } from '../database/index.ts';
import { formatMoney } from '../vocabulary/money.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';

/** A row of the ledger, as it is told wherever it is told. */
export const entryShape = z.object({
  id: z.uuid(),
  order_id: z.uuid(),
  line_no: z.int().meta({ description: '0 stands for shipping and tax' }),
  campaign_id: z.uuid(),
  campaign_name: z.string(),
  model: z.string(),
  model_version: z.int(),
  kind: z.enum(['credit', 'reversal', 'refund', 'correction']),
  currency: z.string(),
  quantity: z.number(),
  revenue: z.number(),
  profit: z.number().nullable().meta({ description: 'Null where the cost is unknown' }),
  sale_time: z.iso.datetime(),
  posted_at: z.iso.datetime(),
  matched_count: z.int(),
  reason: z.string(),
  run: z.uuid().nullable(),
});

export type CreditEntry = z.infer<typeof entryShape>;

export const entryColumns = Object.keys(entryShape.shape);

/**
 * The rows of the ledger with what is told of them but their reason, which not everybody may read; `e` is the entry,
 * `m` the version of its model, `c` its campaign.
 */
export function selectEntries(db: Database) {
  return db
    .selectFrom('credit_entries as e')
    .innerJoin('attribution_models as m', 'm.id', 'e.model_version_id')
    .innerJoin('campaigns as c', 'c.id', 'e.campaign_id')
    .select(['e.id', 'e.order_id', 'e.line_no', 'e.campaign_id', 'c.name as campaign_name', 'm.model'])
    .select(['m.version as model_version', 'e.kind', 'e.currency', 'e.quantity_e4', 'e.revenue_minor'])
    .select(['e.profit_minor', 'e.sale_time', 'e.posted_at', 'e.matched_count', 'e.run_id']);
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number] & { reason: string };

/** A row as the API tells it: amounts as decimals of their currency, times in ISO 8601. */
export function showEntry({
  quantity_e4,
  revenue_minor,
  profit_minor,
  sale_time,
  posted_at,
  run_id,
  ...row
}: EntryRow): CreditEntry {
  return {
    ...row,
    quantity: formatQuantity(quantity_e4),
    revenue: formatMoney(revenue_minor, row.currency),
    profit: profit_minor === null ? null : formatMoney(profit_minor, row.currency),
    sale_time: sale_time.toISOString(),
    posted_at: posted_at.toISOString(),
    run: run_id,
  };
}
