import type { Selectable } from 'kysely';
import { type Learned, type Learning, learnFromPaths } from '../../attribution/index.ts';
import { type Database, inTransaction, type JobPayloads, type Tables } from '../../database/index.ts';
import type { ModelParameters } from '../../vocabulary/credit.ts';
import { configureModel } from '../admin/configure-model.ts';
import type { Attempt, JobContext } from '../job-context.ts';

type Run = Selectable<Tables['model_runs']>;

/**
 * The job that learns a model from all paths, keeps what it learned with what it learned it from, and adds the version
 * that applies it, all in one transaction: killed before, it learns again; after, it finds its work done.
 */
export async function runLearning(
  { run_id }: JobPayloads['learn-model'],
  { db, clock }: JobContext,
  attempt: Attempt,
): Promise<void> {
  const run = await begin(db, run_id, clock.now());
  if (run === undefined) return;
  try {
    const learned = await learnFromPaths(db, learningOf(run), (percent) => tell(db, run_id, percent));
    await keep(db, run, learned, clock.now());
  } catch (error) {
    if (attempt.last) await fail(db, run_id, error, clock.now());
    throw error;
  }
}

async function begin(db: Database, id: string, now: Date): Promise<Run | undefined> {
  return await db
    .updateTable('model_runs')
    .set({ status: 'running', percent: 0, started_at: now })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst();
}

function learningOf(run: Run): Learning {
  const question = {
    from: run.from_time,
    to: run.to_time,
    parameters: run.parameters as ModelParameters,
    countable_statuses: run.countable_statuses,
  };
  return run.model === 'markov'
    ? { ...question, model: 'markov', order: run.chain_order! }
    : { ...question, model: 'shapley' };
}

async function tell(db: Database, id: string, percent: number): Promise<void> {
  await db
    .updateTable('model_runs')
    .set({ percent: Math.floor(percent) })
    .where('id', '=', id)
    .execute();
}

async function keep(db: Database, run: Run, learned: Learned, now: Date): Promise<void> {
  const { conversions, lapses, states, effects, transitions } = learned;
  await inTransaction(db, async (tx) => {
    const settings = {
      model: run.model,
      parameters: { ...(run.parameters as ModelParameters), ...weightsOf(run, learned) },
      countable_statuses: run.countable_statuses,
    };
    // Without a conversion there is nothing to tell campaigns apart by: what is kept stays.
    const configured =
      conversions > 0 ? await configureModel(tx, settings, { actor: run.created_by, now }) : undefined;
    await tx
      .updateTable('model_runs')
      .set({
        ...{ status: 'completed', percent: 100, finished_at: now, conversions, lapses, states },
        effects: JSON.stringify(effects),
        transitions: transitions === null ? null : JSON.stringify(transitions),
        version_id: configured?.version.id ?? null,
      })
      .where('id', '=', run.id)
      .execute();
  });
}

function weightsOf(run: Run, { effects }: Learned): ModelParameters {
  if (run.model !== 'markov') return { run_id: run.id };
  const weights = effects.map(
    ({ campaign_id, removal_effect }) =>
      [campaign_id, Math.round((removal_effect ?? 0) * 1_000_000)] as const,
  );
  return { run_id: run.id, weights_e6: Object.fromEntries(weights) };
}

async function fail(db: Database, id: string, error: unknown, now: Date): Promise<void> {
  await db
    .updateTable('model_runs')
    .set({
      status: 'failed',
      finished_at: now,
      error: error instanceof Error ? error.message : String(error),
    })
    .where('id', '=', id)
    .execute();
}
