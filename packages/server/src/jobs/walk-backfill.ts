import { type Selectable, sql } from 'kysely';
import type { ModelVersion } from '../attribution/index.ts';
import {
  type Database,
  enqueueSettlement,
  inTransaction,
  pastPriority,
  settlementBatch,
  type Tables,
} from '../database/index.ts';
import type { JobContext } from './job-context.ts';
import { addMovement, packMovement, unpackMovement } from './movement.ts';
import type { OrderSettlement } from './settle-order.ts';
import { decideUnderLock, postSettlements, previewOrders } from './settle-orders.ts';

type Backfill = Selectable<Tables['backfills']>;
type Position = { time: Date | null; id: string | null };
type Batch = { from: Position; orders: { id: string; ordered_at: Date }[] };

/** What became of a batch. Only one that is posted has written anything; none is posted after one that is not. */
type Outcome = 'posted' | 'stopped' | 'overtaken' | { failure: unknown };

/**
 * Settles what is left of a backfill, until its end or until it is cancelled.
 *
 * Two batches are under way at once: while the database posts one, the app locks, reads and decides the next, which
 * takes about as long. Each waits with its writes until the one before has committed, so the position only moves
 * forward. Should another worker have got the same job, the two take turns.
 */
export async function walkBackfill(context: JobContext, id: string): Promise<void> {
  let outcome: Outcome;
  do {
    const backfill = await context.db
      .selectFrom('backfills')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    outcome = backfill?.status === 'running' ? await walkFrom(context, backfill) : 'stopped';
  } while (outcome === 'overtaken');
  if (typeof outcome === 'object') throw outcome.failure;
}

async function walkFrom(context: JobContext, backfill: Backfill): Promise<Outcome> {
  let before: Promise<Outcome> = Promise.resolve('posted');
  for await (const batch of batchesOf(context.db, backfill)) {
    const turn = before;
    before = settleInTurn(context, backfill, batch, turn);
    if ((await turn) !== 'posted') break;
  }
  return await before;
}

async function settleInTurn(
  context: JobContext,
  backfill: Backfill,
  batch: Batch,
  turn: Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await settle(context, backfill, batch, turn);
  } catch (error) {
    const before = await turn;
    if (before !== 'posted') return before;
    if (backfill.dry_run) return { failure: error };
    return await leaveToJobs(context, backfill, batch, error).catch((failure: unknown) => ({ failure }));
  }
}

async function settle(
  { db, clock }: JobContext,
  { id, dry_run, models, proposal }: Backfill,
  { from, orders }: Batch,
  turn: Promise<Outcome>,
): Promise<Outcome> {
  const ids = orders.map((order) => order.id);
  const asked = {
    cause: 'backfill',
    ...(models === null ? {} : { models }),
    ...(proposal === null ? {} : { proposal: proposal as ModelVersion }),
  };
  return await inTransaction(db, async (tx): Promise<Outcome> => {
    const settlements = await (dry_run ? previewOrders : decideUnderLock)(tx, ids, asked);
    const before = await turn;
    if (before !== 'posted') return before;
    const current = await lockAt(tx, id, from);
    if (current === 'stopped' || current === 'overtaken') return current;
    if (!dry_run) await postSettlements(tx, settlements, { now: clock.now(), run_id: id });
    await advance(tx, current, orders, settlements);
    return 'posted';
  });
}

/**
 * A batch that cannot be settled holds a poison order: its orders are left to jobs of their own, which narrow it down
 * until it fails alone and visibly, and the backfill goes on.
 */
async function leaveToJobs(
  { db, log }: JobContext,
  { id }: Backfill,
  { from, orders }: Batch,
  error: unknown,
): Promise<Outcome> {
  const ids = orders.map((order) => order.id);
  const outcome = await inTransaction(db, async (tx): Promise<Outcome> => {
    const current = await lockAt(tx, id, from);
    if (current === 'stopped' || current === 'overtaken') return current;
    await enqueueSettlement(tx, ids, 'backfill', { priority: pastPriority });
    await advance(tx, current, orders, []);
    return 'posted';
  });
  log.warn(
    { backfill: id, orders: ids.length, error: error instanceof Error ? error.message : String(error) },
    'a batch of a backfill failed to settle; its orders are left to jobs of their own',
  );
  return outcome;
}

/** Locks the backfill where this walk left it. */
async function lockAt(
  tx: Database,
  id: string,
  { id: expected }: Position,
): Promise<Backfill | 'stopped' | 'overtaken'> {
  const backfill = await tx
    .selectFrom('backfills')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (backfill?.status !== 'running') return 'stopped';
  return backfill.position_id === expected ? backfill : 'overtaken';
}

async function advance(
  tx: Database,
  backfill: Backfill,
  orders: Batch['orders'],
  settlements: OrderSettlement[],
): Promise<void> {
  const last = orders.at(-1)!;
  const movement = unpackMovement(backfill.moved);
  for (const settlement of settlements) addMovement(movement, settlement);
  const differing = settlements.filter(({ differences }) => differences.length > 0);
  const posted = backfill.dry_run ? [] : differing.flatMap(({ differences }) => differences);
  await tx
    .updateTable('backfills')
    .set({
      position_time: last.ordered_at,
      position_id: last.id,
      orders_done: backfill.orders_done + orders.length,
      orders_affected: backfill.orders_affected + differing.length,
      entries_posted: backfill.entries_posted + posted.length,
      moved: JSON.stringify(packMovement(movement)),
    })
    .where('id', '=', backfill.id)
    .execute();
}

async function* batchesOf(db: Database, backfill: Backfill): AsyncGenerator<Batch> {
  let from: Position = { time: backfill.position_time, id: backfill.position_id };
  for (;;) {
    const { rows: orders } = await sql<{ id: string; ordered_at: Date }>`
      select o.id, o.ordered_at
        from orders o
       where ${inBackfillRange(backfill)}
         and ${from.id === null ? sql`true` : sql`(o.ordered_at, o.id) > (${from.time}, ${from.id}::uuid)`}
       order by o.ordered_at, o.id
       limit ${settlementBatch}`.execute(db);
    if (orders.length > 0) yield { from, orders };
    if (orders.length < settlementBatch) return;
    const last = orders.at(-1)!;
    from = { time: last.ordered_at, id: last.id };
  }
}

/** The orders `o` that a backfill is asked to settle. */
export function inBackfillRange({
  from_time,
  to_time,
  statuses,
}: Pick<Backfill, 'from_time' | 'to_time' | 'statuses'>) {
  return sql`${from_time === null ? sql`true` : sql`o.ordered_at >= ${from_time}`}
         and ${to_time === null ? sql`true` : sql`o.ordered_at < ${to_time}`}
         and ${statuses === null ? sql`true` : sql`o.status = any(${statuses}::text[])`}`;
}
