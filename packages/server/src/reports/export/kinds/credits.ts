import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { formatMoney } from '../../../vocabulary/money.ts';
import { formatQuantity } from '../../../vocabulary/quantity.ts';
import type { Exporter, ExportSpan, Key } from '../exporter.ts';
import { afterKey, within } from '../keyset.ts';

/** An entry of the ledger as the API shows it. */
export type ExportedCredit = {
  id: string;
  order_id: string;
  line_no: number;
  campaign_id: string;
  campaign_name: string;
  model: string;
  model_version: number;
  kind: 'credit' | 'reversal' | 'refund' | 'correction';
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

export type CreditFilter = ExportSpan & { model?: string; campaign_id?: string };

/** The entries of the ledger by the time of the sale. */
export const credits: Exporter = {
  columns: [
    ...[
      'id',
      'order_id',
      'line_no',
      'campaign_id',
      'campaign_name',
      'model',
      'model_version',
      'kind',
      'currency',
    ],
    ...['quantity', 'revenue', 'profit', 'sale_time', 'posted_at', 'matched_count', 'reason', 'run'],
  ],
  amounts: ['revenue', 'profit'],
  read: readCredits,
};

/** A page of the ledger by (sale_time, order_id, id). */
export async function readCredits(
  db: Database,
  { model, campaign_id, ...span }: CreditFilter,
  after: Key | undefined,
  size: number,
): Promise<{ rows: ExportedCredit[]; last: Key | undefined }> {
  const key = ['e.sale_time', 'e.order_id', 'e.id'];
  let query = db
    .selectFrom('credit_entries as e')
    .innerJoin('attribution_models as m', 'm.id', 'e.model_version_id')
    .innerJoin('campaigns as c', 'c.id', 'e.campaign_id')
    .select(['e.id', 'e.order_id', 'e.line_no', 'e.campaign_id', 'c.name as campaign_name', 'm.model'])
    .select(['m.version as model_version', 'e.kind', 'e.currency', 'e.quantity_e4', 'e.revenue_minor'])
    .select(['e.profit_minor', 'e.sale_time', 'e.posted_at', 'e.matched_count', 'e.reason', 'e.run_id'])
    .where(within('e.sale_time', span))
    // The bound on the time alone is what the index can use.
    .where(after === undefined ? sql<boolean>`true` : sql<boolean>`e.sale_time >= ${after[0]}::timestamptz`)
    .where(afterKey(key, ['timestamptz', 'uuid', 'uuid'], after));
  if (model !== undefined) query = query.where('m.model', '=', model);
  if (campaign_id !== undefined) query = query.where('e.campaign_id', '=', campaign_id);
  const rows = await query.orderBy('e.sale_time').orderBy('e.order_id').orderBy('e.id').limit(size).execute();
  const last = rows.at(-1);
  return {
    rows: rows.map(({ quantity_e4, revenue_minor, profit_minor, run_id, ...row }) => ({
      ...row,
      quantity: formatQuantity(quantity_e4),
      revenue: formatMoney(revenue_minor, row.currency),
      profit: profit_minor === null ? null : formatMoney(profit_minor, row.currency),
      sale_time: row.sale_time.toISOString(),
      posted_at: row.posted_at.toISOString(),
      run: run_id,
    })),
    last: last && [last.sale_time, last.order_id, last.id],
  };
}
