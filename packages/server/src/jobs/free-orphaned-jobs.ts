import type { WorkerEvents } from 'graphile-worker';
import type { Pool } from 'pg';

/**
 * Frees the jobs of workers that were killed. A worker locks the job it works on; killed, it leaves the lock behind,
 * which graphile-worker would honour for four hours. So every worker of ours holds a session lock on its name: whose
 * name can be locked by somebody else is dead, and its jobs go back to the queue. Its death is no failure of the job,
 * so it costs no attempt.
 *
 * Should a living worker be taken for dead (its session was cut off), its job runs twice, which is harmless.
 *
 * @param everyMilliseconds how often it looks; the first time at once
 */
export async function freeOrphanedJobs(
  queue: Pool,
  events: WorkerEvents,
  everyMilliseconds = 15_000,
): Promise<{ stop(): Promise<void> }> {
  const own = new Set<string>();
  let session = await openSession(queue);
  events.on('worker:create', ({ worker }) => {
    own.add(worker.workerId);
    hold(session, worker.workerId);
  });

  async function look(): Promise<void> {
    if (session.isLost()) {
      session.end();
      session = await openSession(queue);
      for (const worker of own) hold(session, worker);
    }
    await freeOrphans(session, own);
  }

  await freeOrphans(session, own);
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // A look that fails (the database is away) is made up for by the next.
    looking = look().catch(() => {});
  }, everyMilliseconds);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
      session.end();
    },
  };
}

type Session = {
  /** One query at a time, in the order they are asked. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  isLost(): boolean;
  end(): void;
};

async function openSession(queue: Pool): Promise<Session> {
  const client = await queue.connect();
  let lost = false;
  client.on('error', () => {
    lost = true;
  });
  let last: Promise<unknown> = Promise.resolve();
  return {
    query: <Row extends object>(text: string, values: unknown[] = []) => {
      const next = last.then(() => client.query<Row>(text, values));
      last = next.catch(() => {});
      return next.then(({ rows }) => rows);
    },
    isLost: () => lost,
    // Ended rather than given back: the locks belong to the session.
    end: () => client.release(true),
  };
}

function hold(session: Session, worker: string): void {
  // Fails only with the session, which is then opened anew and holds all names again.
  session.query('select pg_advisory_lock(hashtextextended($1, 0))', [worker]).catch(() => {});
}

async function freeOrphans(session: Session, own: ReadonlySet<string>): Promise<void> {
  const locks = await session.query<{ locked_by: string }>(
    'select distinct locked_by from graphile_worker._private_jobs where locked_by is not null',
  );
  for (const { locked_by } of locks) {
    if (own.has(locked_by)) continue;
    const name = [locked_by];
    const [tried] = await session.query<{ is_dead: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as is_dead',
      name,
    );
    if (tried?.is_dead !== true) continue;
    await session.query(
      'update graphile_worker._private_jobs set attempts = greatest(attempts - 1, 0) where locked_by = $1',
      name,
    );
    await session.query('select graphile_worker.force_unlock_workers(array[$1])', name);
    await session.query('select pg_advisory_unlock(hashtextextended($1, 0))', name);
  }
}
