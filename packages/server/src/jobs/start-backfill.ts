import type { ModelVersion } from '../attribution/index.ts';
import { type Database, enqueue, inTransaction, pastPriority } from '../database/index.ts';
import { mintId } from '../vocabulary/ids.ts';

export type BackfillRequest = {
  from: Date | null;
  to: Date | null;
  statuses?: string[];
  models?: string[];
  dry_run: boolean;
  /** The model version that is published when the backfill is complete. */
  fills?: ModelVersion;
  /** Of a dry run: what a version would post, in place of the published one whose id it bears. */
  proposal?: ModelVersion;
};

/** Records a backfill and leaves the job that carries it out; both or neither. */
export async function startBackfill(
  db: Database,
  request: BackfillRequest,
  by: { actor: string; now: Date },
): Promise<string> {
  const id = mintId(by.now);
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('backfills')
      .values({
        id,
        from_time: request.from,
        to_time: request.to,
        statuses: request.statuses ?? null,
        models: request.models ?? null,
        fills_version_id: request.fills?.id ?? null,
        dry_run: request.dry_run,
        proposal: request.proposal === undefined ? null : JSON.stringify(request.proposal),
        status: 'queued',
        position_time: null,
        position_id: null,
        orders_total: null,
        orders_done: 0,
        orders_affected: 0,
        entries_posted: 0,
        moved: '[]',
        error: null,
        created_by: by.actor,
        created_at: by.now,
        started_at: null,
        finished_at: null,
      })
      .execute();
    await enqueue(tx, 'run-backfill', { backfill_id: id }, { priority: pastPriority });
  });
  return id;
}
