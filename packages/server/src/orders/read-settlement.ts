import { sql } from 'kysely';
import { z } from 'zod';
import { type Database, pastPriority } from '../database/index.ts';

/** Whether the ledger says of an order what its facts say. `off`: it waits until attribution is switched on. */
export const settlementData = z.object({
  status: z.enum(['pending', 'settled', 'failed', 'off']),
  settled_at: z.iso.datetime().nullable(),
  error: z.string().optional(),
});
export type Settlement = z.output<typeof settlementData>;

// An order that waits for its own change is known by its revision; the jobs are opened only for what a change of history
// reached. (To open every job of an import's backlog of 30,000 orders takes 35 ms.)

/**
 * Reads how far these orders are settled: pending while a change of the order itself, or of a history that reaches it,
 * waits to be settled.
 *
 * @returns an entry per order that exists
 */
export async function readSettlements(
  db: Database,
  orderIds: string[],
  attributionEnabled: boolean,
): Promise<Map<string, Settlement>> {
  const { rows } = await sql<{
    id: string;
    settled_at: Date | null;
    error: string | null;
    changed_since: boolean;
    behind: boolean;
    queued: boolean;
  }>`
    with waiting as materialized (
      select task.identifier, job.payload
        from graphile_worker._private_jobs job
        join graphile_worker._private_tasks task on task.id = job.task_id
       where (task.identifier = 'settle-reached' or task.identifier = 'settle-orders' and job.priority = ${pastPriority})
         and job.attempts < job.max_attempts
    ), named as materialized (
      select distinct order_id from waiting, json_array_elements_text(payload -> 'order_ids') as order_id
       where identifier = 'settle-orders' and order_id = any(${orderIds}::text[])
    ), spans as materialized (
      select (payload ->> 'from')::timestamptz as "from", (payload ->> 'to')::timestamptz as "to",
             payload -> 'product_ids' as product_ids
        from waiting where identifier = 'settle-reached'
    )
    select o.id, s.settled_at, s.error, coalesce(o.changed_at > s.failed_at, false) as changed_since,
           coalesce(s.settled_revision, 0) < o.revision as behind,
           exists (select from named where named.order_id = o.id::text)
           or exists (
             select from spans
              where (spans."from" is null or o.ordered_at >= spans."from")
                and (spans."to" is null or o.ordered_at < spans."to")
                and (spans.product_ids is null or exists (
                  select from order_lines line
                   where line.order_id = o.id and line.product_id::text in (
                     select json_array_elements_text(spans.product_ids))))
           ) as queued
      from orders o left join order_settlements s on s.order_id = o.id
     where o.id = any(${orderIds}::uuid[])`.execute(db);
  return new Map(
    rows.map(({ id, settled_at, error, changed_since, behind, queued }) => {
      const waiting = attributionEnabled ? 'pending' : 'off';
      const failed = error !== null && !changed_since;
      const unqueued = failed ? 'failed' : behind ? waiting : 'settled';
      return [
        id,
        {
          status: queued ? waiting : unqueued,
          settled_at: settled_at?.toISOString() ?? null,
          ...(error === null ? {} : { error }),
        },
      ];
    }),
  );
}
