import { type Database, enqueue, inTransaction, pastPriority } from '../../database/index.ts';
import type { ModelParameters } from '../../vocabulary/credit.ts';
import { mintId } from '../../vocabulary/ids.ts';

export type RunRequest = {
  model: 'markov' | 'shapley';
  /** Of a Markov chain. */
  order: number | null;
  from: Date | null;
  to: Date | null;
  parameters: ModelParameters;
  countable_statuses: string[];
};

/** Records what is to be learned and leaves the job that learns it; both or neither. */
export async function startRun(
  db: Database,
  { model, order, from, to, parameters, countable_statuses }: RunRequest,
  by: { actor: string; now: Date },
): Promise<string> {
  const id = mintId(by.now);
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('model_runs')
      .values({
        ...{ id, model, chain_order: order, from_time: from, to_time: to },
        parameters: JSON.stringify(parameters),
        countable_statuses: [...countable_statuses].sort(),
        ...{ status: 'queued', percent: 0, created_by: by.actor, created_at: by.now },
      })
      .execute();
    await enqueue(tx, 'learn-model', { run_id: id }, { priority: pastPriority });
  });
  return id;
}
