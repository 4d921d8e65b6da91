import { sql } from 'kysely';
import { type Database, inTransaction } from '../database/index.ts';
import { lockOrders } from './lock-orders.ts';
import { readOrderFacts } from './read-order-facts.ts';
import { recountRefunds, refundedOf } from './refund-totals.ts';

const batchSize = 500;

/** Works out anew what was given back of every refunded order. Safe to repeat, and beside a running shop. */
export async function rebuildRefundTotals(db: Database): Promise<void> {
  for await (const ids of refundedOrders(db)) {
    await inTransaction(db, async (tx) => {
      await lockOrders(tx, ids);
      await recountRefunds(tx, ids);
    });
  }
}

/** Refunded orders of which something else is kept than was given back. */
export async function* findWrongRefundTotals(
  db: Database,
): AsyncGenerator<{ order_id: string; stored: string; expected: string }> {
  for await (const ids of refundedOrders(db)) {
    const kept = await db
      .selectFrom('refund_totals')
      .selectAll()
      .where('order_id', '=', sql<string>`any(${ids}::uuid[])`)
      .execute();
    const totals = new Map(kept.map(({ order_id, refunded_minor }) => [order_id, refunded_minor]));
    for (const facts of await readOrderFacts(db, ids)) {
      const stored = totals.get(facts.order.id);
      const expected = refundedOf(facts);
      if (stored === expected) continue;
      yield { order_id: facts.order.id, stored: String(stored ?? 'nothing'), expected: String(expected) };
    }
  }
}

async function* refundedOrders(db: Database): AsyncGenerator<string[]> {
  let after: string | undefined;
  for (;;) {
    let query = db.selectFrom('refunds').select('order_id').distinct();
    if (after !== undefined) query = query.where('order_id', '>', after);
    const rows = await query.orderBy('order_id').limit(batchSize).execute();
    if (rows.length > 0) yield rows.map(({ order_id }) => order_id);
    after = rows.at(-1)?.order_id;
    if (rows.length < batchSize) return;
  }
}
