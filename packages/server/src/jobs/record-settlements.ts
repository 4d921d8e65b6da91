import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Coverage } from '../rollups/index.ts';

/** What the last settlement of an order saw and named. */
export type Settlement = {
  order_id: string;
  settled_revision: number;
  model_version_ids: string[];
  refund_count: number;
  coverage: Coverage[];
};

/** The last settlements of these orders that came to an end; an order never settled is absent. */
export async function readSettlements(db: Database, orderIds: string[]): Promise<Map<string, Settlement>> {
  const { rows } = await sql<Settlement>`
    select order_id, settled_revision, model_version_ids, refund_count, coverage
      from order_settlements
     where order_id = any(${orderIds}::uuid[]) and settled_at is not null`.execute(db);
  return new Map(rows.map((row) => [row.order_id, row]));
}

/** Records that these orders are settled as of now, and clears what failed before. */
export async function recordSettlements(tx: Database, settlements: Settlement[], now: Date): Promise<void> {
  if (settlements.length === 0) return;
  const rows = settlements.map((settlement) => ({ ...settlement, settled_at: now.toISOString() }));
  await sql`
    insert into order_settlements
      (order_id, settled_revision, settled_at, model_version_ids, refund_count, coverage, error, failed_at)
    select s.order_id, s.settled_revision, s.settled_at, s.model_version_ids, s.refund_count, s.coverage, null, null
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as s (order_id uuid, settled_revision int, settled_at timestamptz, model_version_ids uuid[], refund_count int,
              coverage jsonb)
    on conflict (order_id) do update set
      settled_revision = excluded.settled_revision, settled_at = excluded.settled_at,
      model_version_ids = excluded.model_version_ids, refund_count = excluded.refund_count,
      coverage = excluded.coverage, error = null, failed_at = null`.execute(tx);
}

/** Marks an order whose settlement has failed for good; what was settled before stays as it was. */
export async function recordFailure(db: Database, orderId: string, error: string, now: Date): Promise<void> {
  await sql`
    insert into order_settlements
      (order_id, settled_revision, settled_at, model_version_ids, refund_count, coverage, error, failed_at)
    values (${orderId}, 0, null, '{}', 0, '[]', ${error}, ${now})
    on conflict (order_id) do update set error = excluded.error, failed_at = excluded.failed_at`.execute(db);
}
