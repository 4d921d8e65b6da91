import type { Database } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import { convertRows } from './convert/convert-rows.ts';
import type { SourceRecord } from './convert/source-record.ts';
import { joinRows, stagedFiles } from './join/join-rows.ts';
import { stageRows } from './join/stage-rows.ts';
import type { Place } from './keep/hold-import.ts';
import { endImport } from './keep/keep-progress.ts';
import { readRejections } from './keep/read-rejections.ts';
import { addUpSpend } from './kinds/add-up-spend.ts';
import type { ImportPlan, RowSet } from './mapping/import-plan.ts';
import { batchRecorder } from './record/record-batch.ts';
import { recordSafely } from './record/record-safely.ts';
import { writeRejections } from './record/write-rejections.ts';
import { type ImportSummary, summariseImport } from './summarise-import.ts';

export type RunContext = {
  clock: Clock;
  /** As the audit log names it. */
  actor: string;
  /** The installation's. */
  currency: string;
  /** A visit lives this long after its last activity. */
  visitWindowDays: number;
  /** Told how it goes. */
  report?: (progress: ImportProgress) => void;
  /** Asks to stop after the batch under way. */
  signal?: AbortSignal;
};

/** How many of the files' rows are laid ready to be joined, or read to be recorded. */
export type ImportProgress = { phase: 'joining' | 'recording'; done: number; total: number };

/** What is to be imported, every name in it looked up. */
export type ImportJob = { plan: ImportPlan; mapping: string | undefined; rejectsFile: string | undefined };

// As many orders as one settlement takes, so that a batch is one job.
const batchSize = 500;

/** Carries an import out from its place on; on a connection of its own, or in a transaction to be rolled back. */
export async function runImport(
  db: Database,
  { plan, rejectsFile }: ImportJob,
  place: Place,
  context: RunContext,
): Promise<ImportSummary> {
  const started = performance.now();
  const resumed_at = place.position;
  await stageAll(db, plan, context);
  const status = await recordAll(db, plan, place, context);
  await endImport(db, place, { status, now: context.clock.now() });
  if (rejectsFile !== undefined) await writeRejections(rejectsFile, readRejections(db, place.id));
  const seconds = Math.round(performance.now() - started) / 1000;
  return { ...(await summariseImport(db, place.id)), resumed_at, seconds };
}

async function stageAll(db: Database, plan: ImportPlan, { report = () => {} }: RunContext): Promise<void> {
  const staged = stagedFiles(plan);
  const total = staged.flatMap(({ files }) => files).reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  for (const each of staged) {
    await stageRows(db, each, (rows) => {
      done += rows;
      report({ phase: 'joining', done, total });
    });
  }
}

async function recordAll(
  db: Database,
  plan: ImportPlan,
  place: Place,
  context: RunContext,
): Promise<'completed' | 'stopped'> {
  const { createMissingProducts } = plan;
  const record = batchRecorder(plan.kind, { ...context, createMissingProducts });
  for await (const records of recordsOf(db, plan, place.position, context)) {
    if (context.signal?.aborted) return 'stopped';
    await recordSafely(db, place, records, record, context.clock);
  }
  return 'completed';
}

function recordsOf(
  db: Database,
  plan: ImportPlan,
  skip: number,
  context: RunContext,
): AsyncGenerator<SourceRecord[]> {
  const records = convertAll(joinRows(db, plan, { skip, size: batchSize }), plan, skip, context);
  if (plan.kind !== 'spend') return records;
  const places = plan.fields?.find(({ path }) => path === 'amount')?.rule.round;
  return addUpSpend(db, records, { places, size: batchSize });
}

async function* convertAll(
  batches: AsyncIterable<RowSet[]>,
  plan: ImportPlan,
  skip: number,
  { report = () => {} }: RunContext,
): AsyncGenerator<SourceRecord[]> {
  const { role, files } = plan.main;
  const total = files.reduce((sum, { rows }) => sum + rows, 0);
  let done = skip;
  report({ phase: 'recording', done, total });
  for await (const batch of batches) {
    yield batch.map((rows) => convertRows(rows, plan));
    done += batch.reduce((sum, { of }) => sum + (of.get(role)?.length ?? 1), 0);
    report({ phase: 'recording', done: Math.min(done, total), total });
  }
}
