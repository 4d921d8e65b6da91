import { sql } from 'kysely';
import { type Database, inTransaction } from '../../database/index.ts';
import { readStandings } from '../replay-ledger.ts';
import { placeCustomerOrders } from './place-customer-orders.ts';

const batchSize = 500;

/**
 * Places the settled orders of all known customers by what the ledger and their settlements say, a batch a
 * transaction, beside settlements that go on meanwhile. Emptied tables are filled again to the same rows.
 */
export async function rebuildCustomers(db: Database): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const placed = await inTransaction(db, async (tx) => {
      const orderIds = await lockNext(tx, after);
      const standings = await readStandings(tx, orderIds);
      await placeCustomerOrders(
        tx,
        orderIds.map((order_id) => {
          const after = standings.get(order_id)!;
          return { order_id, before: after, after };
        }),
      );
      return orderIds;
    });
    if (placed.length < batchSize) return;
    after = placed.at(-1)!;
  }
}

async function lockNext(tx: Database, after: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from orders
     where customer_id is not null and id > ${after}
     order by id limit ${batchSize} for no key update`.execute(tx);
  return rows.map(({ id }) => id);
}
