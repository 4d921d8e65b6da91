import { sql } from 'kysely';
import type { Database } from '../src/database/index.ts';

/** The jobs that an act leaves in the queue, in the order it left them. */
export async function jobsIn(
  db: Database,
  act: () => Promise<unknown>,
): Promise<{ task: string; payload: ReturnType<typeof JSON.parse> }[]> {
  const { rows: before } = await sql<{ last: bigint }>`
    select coalesce(max(id), 0) as last from graphile_worker._private_jobs`.execute(db);
  await act();
  const { rows } = await sql<{ task: string; payload: ReturnType<typeof JSON.parse> }>`
    select tasks.identifier as task, jobs.payload
    from graphile_worker._private_jobs as jobs join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
    where jobs.id > ${before[0]!.last}
    order by jobs.id`.execute(db);
  return rows;
}
