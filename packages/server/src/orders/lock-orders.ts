import { type Selectable, sql } from 'kysely';
import type { Database, Tables } from '../database/index.ts';
import { groupBy } from '../vocabulary/group-by.ts';

export type OrderRow = Selectable<Tables['orders']>;
export type LineRow = Selectable<Tables['order_lines']>;
export type HeldOrder = { order: OrderRow; lines: LineRow[] };

/**
 * Locks orders against a settlement, a refund and another version, and reads them as they are behind the lock. In the
 * order of their ids, as everywhere: batches that meet wait for one another and never in a circle.
 */
export async function lockOrders(tx: Database, orderIds: string[]): Promise<Map<string, HeldOrder>> {
  if (orderIds.length === 0) return new Map();
  const these = sql<string>`any(${orderIds}::uuid[])`;
  const orders = await tx
    .selectFrom('orders')
    .selectAll()
    .where('id', '=', these)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  // A statement of its own: it sees what was committed while the first one waited for its locks.
  const lines = await tx
    .selectFrom('order_lines')
    .selectAll()
    .where('order_id', '=', these)
    .orderBy('order_id')
    .orderBy('line_no')
    .execute();
  const linesOf = groupBy(lines, (line) => line.order_id);
  return new Map(orders.map((order) => [order.id, { order, lines: linesOf.get(order.id) ?? [] }]));
}

/** The hashes of the versions that are held of these orders, as of now and without a lock. */
export async function readHashes(tx: Database, orders: { id: string }[]): Promise<Map<string, Buffer>> {
  const ids = orders.map(({ id }) => id);
  const rows = await tx
    .selectFrom('orders')
    .select(['id', 'payload_hash'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, payload_hash }) => [id, payload_hash]));
}
