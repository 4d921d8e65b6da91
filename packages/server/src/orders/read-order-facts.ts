import { type Selectable, sql } from 'kysely';
import type { Database, Tables } from '../database/index.ts';
import type { RefundFacts } from './apply-refunds.ts';

/** All that is recorded of an order. */
export type OrderFacts = {
  order: Selectable<Tables['orders']>;
  /** In the order of their numbers. */
  lines: Selectable<Tables['order_lines']>[];
  refunds: RecordedRefund[];
};
export type RecordedRefund = RefundFacts & { reason: string | null; payload_hash: Buffer };

/** Reads orders with their lines and refunds, in four statements whatever their number; in the order of their ids. */
export async function readOrderFacts(db: Database, orderIds: string[]): Promise<OrderFacts[]> {
  if (orderIds.length === 0) return [];
  const these = sql<string>`any(${orderIds}::uuid[])`;
  const orders = await db.selectFrom('orders').selectAll().where('id', '=', these).orderBy('id').execute();
  const facts = new Map<string, OrderFacts>(
    orders.map((order) => [order.id, { order, lines: [], refunds: [] }]),
  );

  const lines = await db
    .selectFrom('order_lines')
    .selectAll()
    .where('order_id', '=', these)
    .orderBy('order_id')
    .orderBy('line_no')
    .execute();
  for (const line of lines) facts.get(line.order_id)?.lines.push(line);

  for (const { order_id, ...refund } of await readRefunds(db, orderIds)) {
    facts.get(order_id)?.refunds.push(refund);
  }
  return [...facts.values()];
}

async function readRefunds(
  db: Database,
  orderIds: string[],
): Promise<(RecordedRefund & { order_id: string })[]> {
  const these = sql<string>`any(${orderIds}::uuid[])`;
  const refunds = await db
    .selectFrom('refunds')
    .select(['order_id', 'external_id', 'refunded_at', 'amount_minor', 'shipping_minor', 'tax_minor'])
    .select(['reason', 'payload_hash'])
    .where('order_id', '=', these)
    .orderBy('order_id')
    .orderBy('refunded_at')
    .orderBy('external_id')
    .execute();
  if (refunds.length === 0) return [];
  const lines = await db
    .selectFrom('refund_lines')
    .selectAll()
    .where('order_id', '=', these)
    .orderBy('order_id')
    .orderBy('refund_external_id')
    .orderBy('position')
    .execute();
  const linesOf = new Map<string, RefundFacts['lines']>();
  for (const { order_id, refund_external_id, position: _, ...line } of lines) {
    const key = `${order_id} ${refund_external_id}`;
    linesOf.set(key, [...(linesOf.get(key) ?? []), line]);
  }
  return refunds.map((refund) => ({
    ...refund,
    lines: linesOf.get(`${refund.order_id} ${refund.external_id}`) ?? [],
  }));
}
