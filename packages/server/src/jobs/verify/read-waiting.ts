import { sql } from 'kysely';
import type { Database, JobPayloads } from '../../database/index.ts';

/** Tells whether an order is still to be settled by a job in the queue. */
export type Waiting = (order: { order_id: string; sale_time: Date }) => boolean;

/** Reads what the queue still has to settle. Jobs that have failed for good wait no longer. */
export async function readWaiting(db: Database): Promise<Waiting> {
  const { rows: batches } = await sql<{ payload: JobPayloads['settle-orders'] }>`
    select j.payload
      from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'settle-orders' and j.attempts < j.max_attempts`.execute(db);
  const { rows: spans } = await sql<{ payload: { from: string | null; to?: string | null } }>`
    select j.payload
      from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier in ('settle-reached', 'settle-touched') and j.attempts < j.max_attempts`.execute(db);
  const orderIds = new Set(batches.flatMap(({ payload }) => payload.order_ids));
  return ({ order_id, sale_time }) =>
    orderIds.has(order_id) ||
    spans.some(
      ({ payload: { from, to } }) =>
        (from === null || new Date(from) <= sale_time) && (to == null || sale_time < new Date(to)),
    );
}
