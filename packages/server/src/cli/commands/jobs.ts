import { Command, Option } from 'commander';
import { type JobView, listJobs, readQueue, retryJob } from '../../jobs/index.ts';
import { type Answer, type Frame, type Outcome, withDatabase } from '../frame.ts';
import { tableText } from '../table-text.ts';

/** `touchstone jobs status | list | retry` */
export function jobsCommand(answer: Answer): Command {
  const jobs = new Command('jobs').description('Look into the queue, and try failed jobs again');
  jobs
    .command('status')
    .description('How much is queued, since when, and how much has failed')
    .action(answer(status));
  jobs
    .command('list')
    .description('List the jobs in the queue')
    .addOption(
      new Option('--status <status>', 'only these').choices(['waiting', 'running', 'retrying', 'failed']),
    )
    .action(answer(list));
  jobs
    .command('retry')
    .description('Give a failed job all of its attempts again')
    .argument('<job...>', 'ids, as listed; "failed" for all that have failed')
    .action(answer(retry));
  return jobs;
}

async function status(frame: Frame): Promise<Outcome> {
  const queue = await withDatabase(frame, ({ db }) => readQueue(db));
  const { waiting, running, retrying, failed, lag_seconds } = queue;
  return {
    text: `${waiting} waiting, ${running} running, ${retrying} to be tried again, ${failed} failed; the oldest has waited ${Math.round(lag_seconds)} s.`,
    data: queue,
  };
}

async function list(frame: Frame, { status }: { status?: JobView['status'] }): Promise<Outcome> {
  const jobs = await withDatabase(frame, ({ db }) => listJobs(db, { status, limit: 500 }));
  const rows = jobs.map((job) => ({
    id: job.id,
    task: job.task,
    status: job.status,
    attempts: `${job.attempts} of ${job.max_attempts}`,
    'next at': job.status === 'failed' ? '–' : job.run_at,
    error: job.last_error ?? '–',
  }));
  return { text: rows.length === 0 ? 'There is no such job.' : tableText(rows), data: jobs };
}

async function retry(frame: Frame, named: string[]): Promise<Outcome> {
  const retried = await withDatabase(frame, async ({ db }) => {
    const ids = named.includes('failed')
      ? (await listJobs(db, { status: 'failed', limit: 10_000 })).map(({ id }) => id)
      : named;
    const jobs: JobView[] = [];
    for (const id of ids) jobs.push(await retryJob(db, id));
    return jobs;
  });
  return { text: `${retried.length} jobs will be tried again.`, data: retried };
}
