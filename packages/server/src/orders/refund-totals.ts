import { sql } from 'kysely';
import { type Database, recordSet } from '../database/index.ts';
import type { Minor } from '../vocabulary/money.ts';
import { type OrderFacts, readOrderFacts } from './read-order-facts.ts';
import { valueOrder } from './value-order.ts';

/** What was given back of an order: what it was sold for less what is left of that. */
export function refundedOf({ order, lines, refunds }: OrderFacts): Minor {
  return valueOrder(order, lines, []).total_minor - valueOrder(order, lines, refunds).total_minor;
}

/** Keeps what was given back of these orders, for SQL to read. The caller holds them. */
export async function recountRefunds(tx: Database, orderIds: string[]): Promise<void> {
  const refunded = await refundedAmong(tx, orderIds);
  if (refunded.length === 0) return;
  const totals = refunded.map((facts) => ({ order_id: facts.order.id, refunded_minor: refundedOf(facts) }));
  const { names, rows } = recordSet({ order_id: 'uuid', refunded_minor: 'bigint' }, totals);
  await sql`
    insert into refund_totals (${names}) select ${names} from ${rows} order by order_id
    on conflict (order_id) do update set refunded_minor = excluded.refunded_minor`.execute(tx);
}

async function refundedAmong(db: Database, orderIds: string[]): Promise<OrderFacts[]> {
  if (orderIds.length === 0) return [];
  const rows = await db
    .selectFrom('refunds')
    .select('order_id')
    .distinct()
    .where('order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .execute();
  return readOrderFacts(
    db,
    rows.map(({ order_id }) => order_id),
  );
}
