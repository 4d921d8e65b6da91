import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { findMismarkedOrders, findMisplacedOrders, findWrongAcquisitions } from '../../rollups/index.ts';
import type { DifferenceList } from './difference.ts';
import type { Waiting } from './read-waiting.ts';

const batchSize = 2_000;

/** Compares which orders are whose, which came first and who was acquired by whom with the ledger and the facts. */
export async function verifyCustomers(db: Database, waiting: Waiting, found: DifferenceList): Promise<void> {
  for await (const orders of ordersOfCustomers(db)) {
    const settled = orders.filter((order) => !waiting(order)).map(({ order_id }) => order_id);
    for (const order_id of await findMisplacedOrders(db, settled)) {
      found.add({
        kind: 'customer',
        order_id,
        message: "its row among its customer's orders is not as settled",
      });
    }
  }
  for (const order_id of await findMismarkedOrders(db)) {
    found.add({
      kind: 'customer',
      order_id,
      message: "is wrongly marked as its customer's first or acquiring order",
    });
  }
  for (const { bucket, stored, expected, ...row } of await findWrongAcquisitions(db)) {
    const names = Object.keys(expected) as (keyof typeof expected)[];
    found.add({
      kind: 'acquisition',
      ...row,
      bucket: bucket.toISOString(),
      measures: Object.fromEntries(
        names
          .filter((name) => stored[name] !== expected[name])
          .map((name) => [name, { stored: String(stored[name]), expected: String(expected[name]) }]),
      ),
    });
  }
}

type Order = { order_id: string; sale_time: Date };

/** Orders of known customers, and those that are placed among a customer's. */
async function* ordersOfCustomers(db: Database): AsyncGenerator<Order[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<Order>`
      select id as order_id, ordered_at as sale_time
        from orders
       where id > ${after}
         and (customer_id is not null or exists (select from customer_orders where order_id = orders.id))
       order by id limit ${batchSize}`.execute(db);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.order_id;
  }
}
