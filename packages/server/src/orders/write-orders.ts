import { sql } from 'kysely';
import { type Database, recordSet } from '../database/index.ts';
import type { DecidedOrder } from './decide-order.ts';
import type { OrderRow } from './lock-orders.ts';
import { recountRefunds } from './refund-totals.ts';
import { restateRefunds } from './restate-refunds.ts';

const orderColumns = {
  id: 'uuid',
  source: 'text',
  external_id: 'text',
  received_via: 'text',
  order_number: 'text',
  customer_id: 'uuid',
  session_id: 'text',
  store: 'text',
  retailer: 'text',
  coupon: 'text',
  utm: 'jsonb',
  click_ids: 'jsonb',
  reported_campaign: 'text',
  currency: 'text',
  ordered_at: 'timestamptz',
  updated_at: 'timestamptz',
  status: 'text',
  prices_include_tax: 'boolean',
  shipping_minor: 'bigint',
  tax_minor: 'bigint',
  discount_minor: 'bigint',
  total_minor: 'bigint',
  product_count_e4: 'bigint',
  payload_hash: 'bytea',
  revision: 'int',
  created_at: 'timestamptz',
  changed_at: 'timestamptz',
} as const;

const lineColumns = {
  order_id: 'uuid',
  line_no: 'int',
  external_id: 'text',
  product_id: 'uuid',
  batch: 'text',
  quantity_e4: 'bigint',
  unit_price_minor: 'bigint',
  discount_minor: 'bigint',
  unit_cost_minor: 'bigint',
} as const;

/**
 * Inserts the orders that are not there yet, in the order of their ids, which is the order of their locks. One that
 * another transaction is inserting is waited for.
 *
 * @returns the ids of those inserted; the others are held already
 */
export async function insertNewOrders(tx: Database, orders: OrderRow[]): Promise<string[]> {
  if (orders.length === 0) return [];
  const { names, rows } = recordSet(orderColumns, orders);
  const inserted = await sql<{ id: string }>`
    insert into orders (${names}) select ${names} from ${rows} order by id
    on conflict (id) do nothing returning id`.execute(tx);
  return inserted.rows.map(({ id }) => id);
}

/** Writes what was decided of orders that this transaction inserted or has locked. */
export async function writeOrders(tx: Database, decided: DecidedOrder[]): Promise<void> {
  await updateOrders(
    tx,
    decided.flatMap(({ order }) => order ?? []),
  );
  await replaceLines(tx, decided);
  await restateRefunds(tx, decided);
  await recountRefunds(
    tx,
    decided.flatMap(({ id, outcome }) => (outcome === 'updated' ? [id] : [])),
  );
}

const keys = ['id', 'source', 'external_id', 'received_via', 'created_at'];
const assignments = Object.keys(orderColumns)
  .filter((name) => !keys.includes(name))
  .map((name) => `${name} = sent.${name}`)
  .join(', ');

async function updateOrders(tx: Database, orders: OrderRow[]): Promise<void> {
  if (orders.length === 0) return;
  const { rows } = recordSet(orderColumns, orders);
  await sql`update orders set ${sql.raw(assignments)} from ${rows} where orders.id = sent.id`.execute(tx);
}

async function replaceLines(tx: Database, decided: DecidedOrder[]): Promise<void> {
  const held = decided.flatMap(({ id, outcome, lines }) => (outcome === 'updated' && lines ? [id] : []));
  if (held.length > 0) {
    await sql`delete from order_lines where order_id = any(${held}::uuid[])`.execute(tx);
  }
  const lines = decided.flatMap(({ lines }) => lines ?? []);
  if (lines.length === 0) return;
  const { names, rows } = recordSet(lineColumns, lines);
  await sql`insert into order_lines (${names}) select ${names} from ${rows}`.execute(tx);
}
