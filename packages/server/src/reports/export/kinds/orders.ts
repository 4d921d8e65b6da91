import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { type OrderFacts, readOrderFacts } from '../../../orders/index.ts';
import { formatMoney } from '../../../vocabulary/money.ts';
import { formatQuantity } from '../../../vocabulary/quantity.ts';
import type { Exporter, ExportRow, ExportSpan, Key } from '../exporter.ts';
import { afterKey, within } from '../keyset.ts';

/** Orders by the time of the sale, with their lines; as the API takes them. Refunds are exported by themselves. */
export const orders: Exporter = {
  columns: [
    ...['id', 'source', 'external_id', 'order_number', 'currency', 'ordered_at', 'updated_at', 'status'],
    ...[
      'customer.external_id',
      'customer.email',
      'customer.name',
      'session_id',
      'store',
      'retailer',
      'coupon',
    ],
    ...['utm', 'click_ids', 'reported_campaign', 'prices_include_tax'],
    ...['shipping', 'tax', 'discount', 'total', 'product_count'],
  ],
  amounts: ['shipping', 'tax', 'discount', 'total'],
  onlyInCsv: ['id'],
  async read(db, span, after, size) {
    const { ids, last } = await orderPage(db, span, after, size);
    const facts = await readOrderFacts(db, ids);
    const customers = await readCustomers(db, facts);
    const names = await readProductNames(db, facts);
    const shown = new Map(facts.map((each) => [each.order.id, showOrder(each, customers, names)]));
    return { rows: ids.map((id) => shown.get(id)!), last };
  },
};

/** A page of orders by (ordered_at, id). */
export async function orderPage(
  db: Database,
  span: ExportSpan,
  after: Key | undefined,
  size: number,
): Promise<{ ids: string[]; last: Key | undefined }> {
  const page = await db
    .selectFrom('orders')
    .select(['id', 'ordered_at'])
    .where(within('ordered_at', span))
    .where(afterKey(['ordered_at', 'id'], ['timestamptz', 'uuid'], after))
    .orderBy('ordered_at')
    .orderBy('id')
    .limit(size)
    .execute();
  const last = page.at(-1);
  return { ids: page.map(({ id }) => id), last: last && [last.ordered_at, last.id] };
}

/** How products are called in orders of a source: by the shop's own id where that says which is meant, else by ours. */
export type ProductNames = Map<string, { source: string; external_id: string; is_hidden: boolean }>;

/** Reads how the products of these orders' lines are called. */
export async function readProductNames(db: Database, facts: OrderFacts[]): Promise<ProductNames> {
  const ids = [...new Set(facts.flatMap(({ lines }) => lines.map(({ product_id }) => product_id)))];
  if (ids.length === 0) return new Map();
  const sources = [...new Set(facts.map(({ order }) => order.source))];
  // A product of `default` is hidden from a source that has one of the same name.
  const { rows } = await sql<{ id: string; source: string; external_id: string; hidden_from: string[] }>`
    select p.id, p.source, p.external_id,
           array(select o.source from products o
                  where o.external_id = p.external_id and o.id <> p.id and o.source = any(${sources}::text[])
                ) as hidden_from
      from products p where p.id = any(${ids}::uuid[])`.execute(db);
  return new Map(
    rows.map(({ hidden_from, ...product }) => [
      product.id,
      { ...product, is_hidden: hidden_from.length > 0 },
    ]),
  );
}

/** A line's product as the API is told it. */
export function productOf(
  { source }: { source: string },
  productId: string,
  names: ProductNames,
): { product: { external_id: string } } | { product_id: string } {
  const product = names.get(productId);
  const isNamed = product?.source === source || (product?.source === 'default' && !product.is_hidden);
  return product !== undefined && isNamed
    ? { product: { external_id: product.external_id } }
    : { product_id: productId };
}

type Customers = Map<string, ExportRow>;

async function readCustomers(db: Database, facts: OrderFacts[]): Promise<Customers> {
  const ids = facts.flatMap(({ order }) => order.customer_id ?? []);
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('customers')
    .select(['id', 'external_id', 'email', 'name'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, ...customer }) => [id, withoutNulls(customer)]));
}

function showOrder({ order, lines }: OrderFacts, customers: Customers, names: ProductNames): ExportRow {
  const money = (minor: bigint | null) => (minor === null ? null : formatMoney(minor, order.currency));
  const { id, source, external_id, order_number, currency, status, session_id, store, retailer, coupon } =
    order;
  const { utm, click_ids, reported_campaign, prices_include_tax } = order;
  return withoutNulls({
    ...{ id, source, external_id, order_number, currency },
    ordered_at: order.ordered_at.toISOString(),
    updated_at: order.updated_at?.toISOString() ?? null,
    status,
    customer: customers.get(order.customer_id ?? '') ?? null,
    ...{ session_id, store, retailer, coupon, utm, click_ids, reported_campaign, prices_include_tax },
    lines: lines.map((line) =>
      withoutNulls({
        external_id: line.external_id,
        ...productOf(order, line.product_id, names),
        batch: line.batch,
        quantity: formatQuantity(line.quantity_e4),
        unit_price: money(line.unit_price_minor),
        discount: money(line.discount_minor),
        unit_cost: money(line.unit_cost_minor),
      }),
    ),
    shipping: money(order.shipping_minor),
    tax: money(order.tax_minor),
    discount: money(order.discount_minor),
    total: money(order.total_minor),
    product_count: order.product_count_e4 === null ? null : formatQuantity(order.product_count_e4),
  });
}

function withoutNulls(row: ExportRow): ExportRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
