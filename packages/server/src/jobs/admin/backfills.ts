import { type Selectable, sql } from 'kysely';
import type { ModelVersion } from '../../attribution/index.ts';
import { type Database, enqueue, inTransaction, pastPriority, type Tables } from '../../database/index.ts';
import { conflict, notFound } from '../../vocabulary/errors.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
import { formatMoney } from '../../vocabulary/money.ts';
import { unpackMovement } from '../movement.ts';

export type BackfillView = {
  id: string;
  from: string | null;
  to: string | null;
  statuses: string[] | null;
  models: string[] | null;
  dry_run: boolean;
  status: string;
  orders_total: number | null;
  orders_done: number;
  /** Orders whose credit changed, or would change. */
  orders_affected: number;
  entries_posted: number;
  /** Per model and currency: how much moved, and what each campaign held before and holds after. */
  moved: {
    model: string;
    currency: string;
    amount: number;
    campaigns: { campaign_id: string; name: string; before: number; after: number; change: number }[];
  }[];
  error: string | null;
  created_by: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
};

/** @throws not_found */
export async function readBackfill(db: Database, id: string): Promise<BackfillView> {
  const row = await db.selectFrom('backfills').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('backfill', id);
  return await show(db, row);
}

/** The newest backfills first. */
export async function listBackfills(db: Database, limit: number): Promise<BackfillView[]> {
  const rows = await db
    .selectFrom('backfills')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return await Promise.all(rows.map((row) => show(db, row)));
}

/**
 * Stops a backfill after the batch under way. What it has posted stays: it is right. Cancelling twice is the same.
 *
 * @throws not_found
 * @throws conflict when it has already ended
 */
export async function cancelBackfill(db: Database, id: string, now: Date): Promise<BackfillView> {
  await db
    .updateTable('backfills')
    .set({ status: 'cancelled', finished_at: now })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .execute();
  const backfill = await readBackfill(db, id);
  if (backfill.status !== 'cancelled')
    throw conflict(`The backfill has already ${endings[backfill.status]}.`);
  return backfill;
}

/**
 * Goes on with a backfill that was cancelled or has failed, from where it stopped; what it has posted is not looked at
 * again. One that is still under way goes on by itself.
 *
 * @throws not_found
 * @throws conflict when it has completed: another one would find whatever has changed since
 */
export async function resumeBackfill(db: Database, id: string): Promise<BackfillView> {
  await inTransaction(db, async (tx) => {
    const resumed = await tx
      .updateTable('backfills')
      .set({
        status: sql`case when started_at is null then 'queued' else 'running' end`,
        finished_at: null,
        error: null,
      })
      .where('id', '=', id)
      .where('status', 'in', ['cancelled', 'failed'])
      .returning('id')
      .executeTakeFirst();
    if (resumed !== undefined)
      await enqueue(tx, 'run-backfill', { backfill_id: id }, { priority: pastPriority });
  });
  const backfill = await readBackfill(db, id);
  if (backfill.status === 'completed') {
    throw conflict('The backfill has completed. Start another to settle what has changed since.');
  }
  return backfill;
}

const endings: Record<string, string> = { completed: 'completed', failed: 'failed' };

async function show(db: Database, row: Selectable<Tables['backfills']>): Promise<BackfillView> {
  return {
    id: row.id,
    from: row.from_time?.toISOString() ?? null,
    to: row.to_time?.toISOString() ?? null,
    statuses: row.statuses,
    models: row.models,
    dry_run: row.dry_run,
    status: row.status,
    // Orders that were recorded while it ran came on top of those counted at its start.
    orders_total: row.orders_total === null ? null : Math.max(row.orders_total, row.orders_done),
    orders_done: row.orders_done,
    orders_affected: row.orders_affected,
    entries_posted: row.entries_posted,
    moved: await showMoved(db, row.moved, row.proposal as ModelVersion | null),
    error: row.error,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
  };
}

async function showMoved(
  db: Database,
  packed: unknown,
  proposal: ModelVersion | null,
): Promise<BackfillView['moved']> {
  const moved = [...unpackMovement(packed).values()].filter(({ moved_minor }) => moved_minor > 0n);
  if (moved.length === 0) return [];
  const { rows: versions } = await sql<{ id: string; model: string }>`
    select id, model from attribution_models`.execute(db);
  const { rows: campaigns } = await sql<{ id: string; name: string }>`
    select id, name from campaigns where id = any(${moved.map((row) => row.campaign_id)}::uuid[])`.execute(
    db,
  );
  const modelOf = new Map(versions.map(({ id, model }) => [id, model]));
  const nameOf = new Map(campaigns.map(({ id, name }) => [id, name]));
  return [...groupBy(moved, (row) => `${row.model_version_id}|${row.currency}`).values()].map((rows) => {
    const { model_version_id, currency } = rows[0]!;
    const money = (minor: bigint) => formatMoney(minor, currency);
    return {
      model: modelOf.get(model_version_id) ?? proposal!.model,
      currency,
      amount: money(rows.reduce((sum, row) => sum + row.moved_minor, 0n)),
      campaigns: rows.map((row) => ({
        campaign_id: row.campaign_id,
        name: nameOf.get(row.campaign_id)!,
        before: money(row.before_minor),
        after: money(row.after_minor),
        change: money(row.after_minor - row.before_minor),
      })),
    };
  });
}
