import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { type CreditEntry, entryColumns, selectEntries, showEntry } from '../../../ledger/index.ts';
import type { Exporter, ExportSpan, Key } from '../exporter.ts';
import { afterKey, within } from '../keyset.ts';

export type CreditFilter = ExportSpan & {
  model?: string;
  campaign_id?: string;
  /** `published`: only the entries of the versions that count now. */
  versions?: 'published' | 'all';
};

/** The entries of the ledger by the time of the sale. */
export const credits: Exporter = {
  columns: entryColumns,
  amounts: ['revenue', 'profit'],
  read: readCredits,
};

/** A page of the ledger by (sale_time, order_id, id). */
export async function readCredits(
  db: Database,
  { model, campaign_id, versions, ...span }: CreditFilter,
  after: Key | undefined,
  size: number,
): Promise<{ rows: CreditEntry[]; last: Key | undefined }> {
  const key = ['e.sale_time', 'e.order_id', 'e.id'];
  let query = selectEntries(db)
    .select('e.reason')
    .where(within('e.sale_time', span))
    // The bound on the time alone is what the index can use.
    .where(after === undefined ? sql<boolean>`true` : sql<boolean>`e.sale_time >= ${after[0]}::timestamptz`)
    .where(afterKey(key, ['timestamptz', 'uuid', 'uuid'], after));
  if (versions === 'published') query = query.where('m.status', '=', 'published');
  if (model !== undefined) query = query.where('m.model', '=', model);
  if (campaign_id !== undefined) query = query.where('e.campaign_id', '=', campaign_id);
  const rows = await query.orderBy('e.sale_time').orderBy('e.order_id').orderBy('e.id').limit(size).execute();
  const last = rows.at(-1);
  return {
    rows: rows.map(showEntry),
    last: last && [last.sale_time, last.order_id, last.id],
  };
}
