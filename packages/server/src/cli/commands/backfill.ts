import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { z } from 'zod';
import type { Database, OpenDatabase } from '../../database/index.ts';
import {
  type BackfillView,
  cancelBackfill,
  drainQueue,
  readBackfill,
  readBackfillRequest,
  resumeBackfill,
  startBackfill,
} from '../../jobs/index.ts';
import { invalid, notFound } from '../../vocabulary/errors.ts';
import { type Answer, type Frame, type Outcome, withDatabase } from '../frame.ts';
import { type Progress, progressOf } from '../progress.ts';
import { tableText } from '../table-text.ts';

/** `touchstone backfill [--from] [--to] [--dry-run]`: beside a running server its worker does it, else this command. */
export function backfillCommand(answer: Answer): Command {
  return new Command('backfill')
    .description('Settle a range of orders again, or see what would move')
    .option('--from <day>', 'first day, or a timestamp with an offset')
    .option('--to <day>', 'last day (included whole), or a timestamp with an offset')
    .option('--statuses <status...>', 'only orders with one of these statuses')
    .option('--models <model...>', 'only these models')
    .option('--dry-run', 'post nothing; say what would move')
    .option(
      '--resume <id>',
      'go on with a backfill that was cancelled or has failed, or follow one under way',
    )
    .option('--cancel <id>', 'stop a backfill after the batch under way')
    .action(answer(backfill));
}

type Asked = {
  from?: string;
  to?: string;
  statuses?: string[];
  models?: string[];
  dryRun?: boolean;
  resume?: string;
  cancel?: string;
};

async function backfill(frame: Frame, asked: Asked): Promise<Outcome> {
  refuseContradictions(asked);
  return await withDatabase(frame, async (database) => {
    const { db } = database;
    if (asked.cancel !== undefined)
      return outcomeOf(await cancelBackfill(db, asked.cancel, frame.clock.now()));
    const id =
      asked.resume === undefined
        ? await start(frame, db, asked)
        : (await resumeBackfill(db, asked.resume)).id;
    return outcomeOf(await follow(frame, database, id));
  });
}

/**
 * What a backfill settles is said when it is started: an id beside a `--dry-run` would otherwise post after all.
 * @throws invalid; not_found for what cannot be an id
 */
function refuseContradictions({ resume, cancel, dryRun, ...range }: Asked): void {
  const id = cancel ?? resume;
  if (id === undefined) return;
  const flag = cancel === undefined ? '--resume' : '--cancel';
  const beside = Object.entries({ ...range, 'dry-run': dryRun, resume: cancel && resume });
  const [other] = beside.find(([, value]) => value !== undefined) ?? [];
  if (other !== undefined) throw invalid(`--${other}`, `is not asked together with ${flag}; leave one out`);
  if (!z.uuid().safeParse(id).success) throw notFound('backfill', id);
}

async function start(frame: Frame, db: Database, { dryRun = false, ...asked }: Asked): Promise<string> {
  const request = await readBackfillRequest(db, { ...asked, dry_run: dryRun }, frame.settings);
  return await startBackfill(db, request, { actor: frame.actor.name, now: frame.clock.now() });
}

/** Works along with whoever else works the queue, and shows how far it is. */
async function follow(frame: Frame, { db, pool }: OpenDatabase, id: string): Promise<BackfillView> {
  let progress: Progress | undefined;
  let working = true;
  const work = drainQueue({
    db,
    pool,
    clock: frame.clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    attributionEnabled: true,
    only: 'run-backfill',
  }).finally(() => {
    working = false;
  });
  let view = await readBackfill(db, id);
  while (view.status === 'queued' || view.status === 'running') {
    if (view.orders_total !== null) {
      progress ??= progressOf(frame, 'orders', view.orders_total);
      progress.reach(view.orders_done);
    }
    await wait(working ? 200 : 1000);
    view = await readBackfill(db, id);
  }
  progress?.reach(view.orders_done);
  progress?.end();
  await work;
  return view;
}

function outcomeOf(view: BackfillView): Outcome {
  const verb = view.dry_run ? 'would move' : 'moved';
  const rows = view.moved.flatMap(({ model, currency, campaigns }) =>
    campaigns.map(({ name, before, after, change }) => ({
      model,
      campaign: name,
      currency,
      before,
      after,
      change,
    })),
  );
  const head = `Backfill ${view.id} ${view.status}: ${view.orders_done} orders looked at, ${view.orders_affected} ${verb}, ${view.entries_posted} entries posted.`;
  return {
    text: [
      head,
      ...(view.error === null ? [] : [view.error]),
      ...(rows.length === 0 ? [] : ['', tableText(rows)]),
    ].join('\n'),
    data: view,
    exitCode: view.status === 'failed' ? 1 : 0,
  };
}
