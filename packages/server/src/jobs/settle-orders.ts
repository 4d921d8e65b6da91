import { sql } from 'kysely';
import { gatherEvidence, keptVersions, type ModelVersion, models } from '../attribution/index.ts';
import { type Database, inTransaction } from '../database/index.ts';
import { postCredits, readPosted } from '../ledger/index.ts';
import {
  applyChanges,
  changeRollups,
  lockTree,
  placeCustomerOrders,
  type RollupChanges,
  type RollupRow,
  readSubjects,
  rowsOf,
} from '../rollups/index.ts';
import type { Hypothesis } from '../vocabulary/reach.ts';
import { recordPaths } from './record-paths.ts';
import { readSettlements, recordSettlements } from './record-settlements.ts';
import { looksAtTouches, type OrderSettlement, settleOrder, type Terms } from './settle-order.ts';

export type SettlementRun = { now: Date; cause: string; run_id?: string; models?: string[] };

/**
 * Settles orders again: what they should be credited with, by the facts that are recorded, is compared with what the
 * ledger says of them, and the difference is posted together with what it means for the rollups, in one transaction.
 * A new order, a cancellation, a refund, a late campaign and a retry are all this same act.
 *
 * Safe to run twice, late, out of order and at once: orders are locked in the order of their ids, and everything that
 * is compared is read after the locks are held.
 *
 * @param orderIds at most a few hundred; ids that do not exist are passed over
 * @param run.models only these models; all that are kept when absent
 */
export async function settleOrders(
  db: Database,
  orderIds: string[],
  run: SettlementRun,
): Promise<OrderSettlement[]> {
  return await inTransaction(db, async (tx) => {
    const settlements = await decideUnderLock(tx, orderIds, run);
    await postSettlements(tx, settlements, run);
    return settlements;
  });
}

/** The first half of a settlement: locks the orders, then reads and decides. Writes nothing yet. */
export async function decideUnderLock(
  tx: Database,
  orderIds: string[],
  asked: { cause: string; models?: string[] },
): Promise<OrderSettlement[]> {
  await lockTree(tx, 'shared');
  const locked = await lockOrders(tx, orderIds);
  return await decide(tx, locked, await termsOf(tx, asked));
}

/** The second half, in the same transaction: posts what was decided, with its rollups. */
export async function postSettlements(
  tx: Database,
  settlements: OrderSettlement[],
  run: Pick<SettlementRun, 'now' | 'run_id'>,
): Promise<void> {
  await postCredits(
    tx,
    settlements.flatMap((settlement) => settlement.differences),
    { posted_at: run.now, run_id: run.run_id ?? null },
  );
  await recordSettlements(
    tx,
    settlements.map((settlement) => settlement.record),
    run.now,
  );
  await recordPaths(
    tx,
    settlements.flatMap(({ record, path }) =>
      path === undefined ? [] : [{ order_id: record.order_id, path }],
    ),
  );
  await placeCustomerOrders(
    tx,
    settlements.map(({ record: { order_id }, before, after }) => ({ order_id, before, after })),
  );
  await applyChanges(tx, await rollupChanges(tx, settlements, run.now));
}

/** What settling these orders would post. Gathers, decides and compares like a settlement; locks and writes nothing. */
export async function previewOrders(
  db: Database,
  orderIds: string[],
  asked: { cause: string; models?: string[]; hypothesis?: Hypothesis; proposal?: ModelVersion },
): Promise<OrderSettlement[]> {
  const terms = await termsOf(db, asked);
  // Under the id of the version it would follow, a proposal is compared with what that one has posted.
  if (asked.proposal !== undefined) terms.settling = [asked.proposal];
  return await decide(db, orderIds, terms, asked.hypothesis);
}

async function termsOf(db: Database, asked: { cause: string; models?: string[] }): Promise<Terms> {
  const kept = await keptVersions(db);
  const isAsked = ({ model }: ModelVersion) => asked.models?.includes(model) ?? true;
  return { kept, settling: kept.filter(isAsked), cause: asked.cause };
}

async function decide(
  db: Database,
  orderIds: string[],
  terms: Terms,
  hypothesis?: Hypothesis,
): Promise<OrderSettlement[]> {
  const { settling, kept } = terms;
  // The path that is kept with an order is what all versions look at, whichever of them are being settled.
  const looking = settling.some(looksAtTouches) ? [...settling, ...kept.filter(looksAtTouches)] : settling;
  const gathered = await gatherEvidence(db, orderIds, looking, hypothesis);
  const ledger = await readPosted(db, orderIds);
  const last = await readSettlements(db, orderIds);
  return gathered.map((order) =>
    settleOrder(order, ledger.get(order.order_id)!, last.get(order.order_id), terms),
  );
}

async function rollupChanges(tx: Database, settlements: OrderSettlement[], now: Date): Promise<RollupRow[]> {
  const rules = { conserving: await conservingVersions(tx), subjectsOf: await readSubjects(tx) };
  const changes: RollupChanges = new Map();
  for (const { before, after } of settlements) changeRollups(changes, before, after, now, rules);
  return rowsOf(changes);
}

/** Whether the credits of a model version add up to the line, by its id. */
export async function conservingVersions(db: Database): Promise<(modelVersionId: string) => boolean> {
  const versions = await db.selectFrom('attribution_models').select(['id', 'model']).execute();
  const conserving = new Map(versions.map(({ id, model }) => [id, models.get(model)!.conserving]));
  return (id) => conserving.get(id)!;
}

/** Locks the orders against another settlement and an edit meanwhile; in id order, so that no two wait in a circle. */
async function lockOrders(tx: Database, orderIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from orders where id = any(${orderIds}::uuid[]) order by id for no key update`.execute(tx);
  return rows.map((row) => row.id);
}
