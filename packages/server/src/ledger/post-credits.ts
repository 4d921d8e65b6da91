import { sql } from 'kysely';
import { type Database, plainArray } from '../database/index.ts';
import { mintId } from '../vocabulary/ids.ts';
import type { CreditDifference } from './compare-credits.ts';

/**
 * Appends entries to the ledger, in one statement whatever their number. The only place that writes credit; the
 * caller holds the locks of the orders and has compared under them.
 */
export async function postCredits(
  tx: Database,
  differences: CreditDifference[],
  posting: { posted_at: Date; run_id: string | null },
): Promise<void> {
  if (differences.length === 0) return;
  await sql`
    insert into credit_entries
      (order_id, id, line_no, product_id, campaign_id, model_version_id, currency, kind, quantity_e4, revenue_minor, profit_minor,
       sale_time, matched_count, reason, posted_at, run_id)
    select *, ${posting.posted_at}::timestamptz, ${posting.run_id}::uuid
      from unnest(
        ${plainArray(differences, (d) => d.order_id)}::uuid[],
        ${plainArray(differences, () => mintId(posting.posted_at))}::uuid[],
        ${plainArray(differences, (d) => d.line_no)}::int[],
        ${plainArray(differences, (d) => d.product_id)}::uuid[],
        ${plainArray(differences, (d) => d.campaign_id)}::uuid[],
        ${plainArray(differences, (d) => d.model_version_id)}::uuid[],
        ${plainArray(differences, (d) => d.currency)}::text[],
        ${plainArray(differences, (d) => d.kind)}::text[],
        ${plainArray(differences, (d) => d.quantity_e4)}::bigint[],
        ${plainArray(differences, (d) => d.revenue_minor)}::bigint[],
        ${plainArray(differences, (d) => d.profit_minor)}::bigint[],
        ${plainArray(differences, (d) => d.sale_time)}::timestamptz[],
        ${plainArray(differences, (d) => d.matched_count)}::int[],
        ${differences.map((d) => d.reason)}::text[]
      )`.execute(tx);
}
