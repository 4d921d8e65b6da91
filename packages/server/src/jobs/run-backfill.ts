import { sql } from 'kysely';
import { publishModelVersion } from '../attribution/index.ts';
import { type Database, inTransaction, type JobPayloads } from '../database/index.ts';
import type { Attempt, JobContext } from './job-context.ts';
import { inBackfillRange, walkBackfill } from './walk-backfill.ts';

/**
 * The job that settles a range of orders again, a batch a transaction. Each batch records how far it came in the
 * transaction that posts it, so a kill at any moment loses nothing and doubles nothing; cancelling takes effect after
 * the batch under way. A dry run walks the same way and posts nothing.
 */
export async function runBackfill(
  { backfill_id }: JobPayloads['run-backfill'],
  context: JobContext,
  attempt: Attempt,
): Promise<void> {
  const { db, clock } = context;
  try {
    await begin(db, backfill_id, clock.now());
    await walkBackfill(context, backfill_id);
    await finish(db, backfill_id, clock.now());
  } catch (error) {
    if (attempt.last) await fail(db, backfill_id, error, clock.now());
    throw error;
  }
}

async function begin(db: Database, id: string, now: Date): Promise<void> {
  const backfill = await db.selectFrom('backfills').selectAll().where('id', '=', id).executeTakeFirst();
  if (backfill?.status !== 'queued') return;
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from orders o where ${inBackfillRange(backfill)}`.execute(db);
  await db
    .updateTable('backfills')
    .set({ status: 'running', started_at: now, orders_total: rows[0]!.total })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .execute();
}

/** Completed and published are one: between them a kill would leave a version that nobody ever publishes. */
async function finish(db: Database, id: string, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const finished = await tx
      .updateTable('backfills')
      .set({ status: 'completed', finished_at: now })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .returning(['fills_version_id'])
      .executeTakeFirst();
    if (finished?.fills_version_id != null) await publishModelVersion(tx, finished.fills_version_id, now);
  });
}

async function fail(db: Database, id: string, error: unknown, now: Date): Promise<void> {
  await db
    .updateTable('backfills')
    .set({
      status: 'failed',
      finished_at: now,
      error: error instanceof Error ? error.message : String(error),
    })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .execute();
}
