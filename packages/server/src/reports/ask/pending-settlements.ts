import { type RawBuilder, sql } from 'kysely';

// Reading a batch of 500 ids takes 60 µs: a queue of any length is counted within 15 ms, the rest by their number.
const batchesRead = 200;

/**
 * A query for how many orders wait in the queue to be settled. A change of history whose orders are still to be looked up
 * counts as one, and so does each batch beyond the first 200: it is about whether figures may still move, and roughly how
 * much. Jobs that have failed for good wait no longer.
 */
export const pendingSettlements: RawBuilder<number> = sql`
  select coalesce(sum(
           case when waiting.identifier = 'settle-orders' and waiting.place <= ${batchesRead}
                then json_array_length(waiting.payload -> 'order_ids') else 1 end), 0)::int
    from (
      select task.identifier, job.payload, row_number() over (partition by task.identifier) as place
        from graphile_worker._private_jobs job
        join graphile_worker._private_tasks task on task.id = job.task_id
       where task.identifier in ('settle-orders', 'settle-reached', 'settle-touched') and job.attempts < job.max_attempts
    ) waiting`;
