import { EventEmitter } from 'node:events';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import {
  type Job,
  Logger,
  parseCronItems,
  run,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type { Pool } from 'pg';
import { connectQueue, type JobPayloads, pastFlag, pastPriority } from '../database/index.ts';
import { claimEmailEvents } from './claim-email-events.ts';
import { claimWaitingClicks } from './claim-waiting-clicks.ts';
import { freeOrphanedJobs } from './free-orphaned-jobs.ts';
import type { Attempt, JobContext } from './job-context.ts';
import { runLearning } from './learning/run-learning.ts';
import { processWebhook } from './process-webhook.ts';
import { rebuildAllCustomers } from './rebuild-all-customers.ts';
import { rebuildMailings } from './rebuild-mailings.ts';
import { rebuildTree } from './rebuild-tree.ts';
import { recountAllRefunds } from './recount-all-refunds.ts';
import { runBackfill } from './run-backfill.ts';
import { settleBatch } from './settle-batch.ts';
import { settleClaims } from './settle-claims.ts';
import { settleEmailClicks } from './settle-email-clicks.ts';
import { settleReached } from './settle-reached.ts';
import { settleTouched } from './settle-touched.ts';
import { sumAllVisits } from './sum-all-visits.ts';

type WorkerOptions = JobContext & {
  pool: Pool;
  /** Off: jobs that settle stay in the queue, unharmed, until it is on again. A backfill was asked for, and is done. */
  attributionEnabled: boolean;
  /** Work on this task alone; on all when absent. */
  only?: keyof JobPayloads;
};

/**
 * Works through the queue until stopped; what is under way is finished first, what is not stays queued.
 *
 * @returns `stop`, which resolves when the last job has ended
 */
export async function runWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { queue, events, close } = await openQueue(options);
  const common = {
    pgPool: queue,
    events,
    taskList: taskList(options),
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quietLogger(options),
  };
  const runners = [
    await run({
      ...common,
      parsedCronItems: parseCronItems([everyFiveMinutes]),
      concurrency: concurrency - keptForNow,
    }),
    await run({ ...common, parsedCronItems: [], concurrency: keptForNow, forbiddenFlags: [pastFlag] }),
  ];
  const stop = async () => {
    await Promise.all(runners.map((runner) => runner.stop())).finally(close);
  };
  return { stop };
}

/** Works until nothing is left to do now. For tests and one-off commands. */
export async function drainQueue(options: WorkerOptions): Promise<void> {
  const { queue, events, close } = await openQueue(options);
  await runOnce({
    pgPool: queue,
    events,
    taskList: taskList(options),
    concurrency: 1,
    noHandleSignals: true,
    logger: quietLogger(options),
  }).finally(close);
}

async function openQueue({ pool }: WorkerOptions) {
  // One connection for each worker, two that listen and one that tells who is alive.
  const queue = connectQueue(pool, concurrency + 4);
  const events: WorkerEvents = new EventEmitter();
  const orphans = await freeOrphanedJobs(queue, events);
  const close = async () => {
    await orphans.stop();
    // The end of the last job is told to the queue a moment after its runner has stopped, and a pool that is ending leaves
    // whoever still asks for a connection without an answer.
    await turn();
    while (queue.waitingCount > 0) await wait(5);
    await queue.end();
  };
  return { queue, events, close };
}

// However many workers there are, one job at a time; and none of the time when nobody was there.
const everyFiveMinutes = {
  task: 'sum-visits' satisfies keyof JobPayloads,
  match: '*/5 * * * *',
  options: {
    jobKey: 'sum-visits',
    jobKeyMode: 'preserve_run_at' as const,
    maxAttempts: 3,
    priority: pastPriority,
  },
};

// Settling waits on the database, whose two cores are busy with three of these.
const concurrency = 3;

// The past may be a hundred thousand visits; what happens now comes first, but only once a worker is free.
const keptForNow = 1;

type Tasks = {
  [Task in keyof JobPayloads]: (
    payload: JobPayloads[Task],
    context: JobContext,
    attempt: Attempt,
  ) => Promise<void>;
};

const tasks: Tasks = {
  'settle-orders': settleBatch,
  'settle-reached': settleReached,
  'settle-touched': settleTouched,
  'settle-claims': settleClaims,
  'settle-email-clicks': settleEmailClicks,
  'claim-email-events': claimEmailEvents,
  'claim-clicks': claimWaitingClicks,
  'process-webhook': processWebhook,
  'rebuild-tree': rebuildTree,
  'rebuild-customers': rebuildAllCustomers,
  'rebuild-mailings': rebuildMailings,
  'sum-visits': sumAllVisits,
  'rebuild-refund-totals': recountAllRefunds,
  'run-backfill': runBackfill,
  'learn-model': runLearning,
};

const settling = new Set<string>([
  'settle-orders',
  'settle-reached',
  'settle-touched',
  'settle-claims',
  'settle-email-clicks',
]);

function taskList(options: WorkerOptions): TaskList {
  const { db, clock, log, settings } = options;
  const isOn = ([name]: [string, unknown]) =>
    (options.attributionEnabled || !settling.has(name)) &&
    (options.only ?? name) === name &&
    (settings !== undefined || name !== 'process-webhook');
  return Object.fromEntries(
    Object.entries(tasks)
      .filter(isOn)
      .map(([name, task]) => [
        name,
        async (payload: unknown, { job }: { job: Job }) => {
          const attempt = { last: job.attempts >= job.max_attempts, priority: job.priority };
          await task(payload as never, { db, clock, log, settings }, attempt);
        },
      ]),
  );
}

function quietLogger({ log }: WorkerOptions): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ job: true }, message);
  });
}
