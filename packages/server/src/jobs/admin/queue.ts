import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { conflict, notFound } from '../../vocabulary/errors.ts';

export type JobView = {
  id: string;
  task: string;
  status: 'waiting' | 'running' | 'retrying' | 'failed';
  attempts: number;
  max_attempts: number;
  run_at: string;
  created_at: string;
  last_error: string | null;
  /** What the job is about; order ids are counted beyond the first few. */
  payload: unknown;
};

export type QueueStatus = {
  waiting: number;
  running: number;
  retrying: number;
  failed: number;
  /** How long the oldest job that could run has been waiting; 0 when none does. */
  lag_seconds: number;
};

const statusSql = sql<JobView['status']>`
  case when j.attempts >= j.max_attempts then 'failed'
       when j.locked_at is not null then 'running'
       when j.attempts > 0 then 'retrying'
       else 'waiting' end`;

/** How much is queued, how long it has been waiting, and what has failed for good. */
export async function readQueue(db: Database): Promise<QueueStatus> {
  const { rows } = await sql<QueueStatus>`
    select count(*) filter (where status = 'waiting')::int as waiting,
           count(*) filter (where status = 'running')::int as running,
           count(*) filter (where status = 'retrying')::int as retrying,
           count(*) filter (where status = 'failed')::int as failed,
           coalesce(extract(epoch from now() - min(run_at) filter (where status in ('waiting', 'retrying') and run_at <= now())), 0)::float8
             as lag_seconds
      from (select j.run_at, ${statusSql} as status from graphile_worker._private_jobs j) jobs`.execute(db);
  return rows[0]!;
}

/** Jobs of one status or all, those that have waited longest first. */
export async function listJobs(
  db: Database,
  { status, id, limit }: { status?: JobView['status']; id?: string; limit: number },
): Promise<JobView[]> {
  const { rows } = await sql<Omit<JobView, 'run_at' | 'created_at'> & { run_at: Date; created_at: Date }>`
    select * from (
      select j.id::text as id, t.identifier as task, ${statusSql} as status, j.attempts::int as attempts,
             j.max_attempts::int as max_attempts, j.run_at, j.created_at, j.last_error, j.payload
        from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id
    ) jobs
     where ${status === undefined ? sql`true` : sql`status = ${status}`}
       and ${id === undefined ? sql`true` : sql`id = ${id}`}
     order by run_at, id
     limit ${limit}`.execute(db);
  return rows.map((row) => ({
    ...row,
    run_at: row.run_at.toISOString(),
    created_at: row.created_at.toISOString(),
  }));
}

/**
 * Gives a job that has failed for good all of its attempts again, from now.
 *
 * @throws not_found
 * @throws conflict when it has not failed
 */
export async function retryJob(db: Database, id: string): Promise<JobView> {
  const found = (await findJob(db, id)) ?? refuse(id);
  if (found.status !== 'failed')
    throw conflict(`Job ${id} is ${found.status}; only a failed job is retried by hand.`);
  await sql`select graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0)`.execute(
    db,
  );
  return (await findJob(db, id)) ?? refuse(id);
}

async function findJob(db: Database, id: string): Promise<JobView | undefined> {
  const [job] = await listJobs(db, { id, limit: 1 });
  return job;
}

function refuse(id: string): never {
  throw notFound('job', id);
}
