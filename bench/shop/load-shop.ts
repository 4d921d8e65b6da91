import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { customerId, customersOf, makeOrders } from './make-orders.ts';
import { planShop, type ShopPlan, type ShopSize } from './plan-shop.ts';

const source = 'bench';

/**
 * Fills an empty, migrated database with a shop, by COPY straight into the fact tables: the bench measures what happens
 * to orders, not how they came. Statistics are fresh afterwards.
 */
export async function loadShop(pool: Pool, size: ShopSize, seed: number): Promise<ShopPlan> {
  const plan = planShop(size, seed);
  await loadProducts(pool, plan);
  await loadCampaigns(pool, plan);
  await loadCustomers(pool, plan, customersOf(size.orders));
  await loadOrders(pool, plan, size, seed + 1);
  await pool.query('vacuum (analyze)');
  return plan;
}

async function loadProducts(pool: Pool, { start, products }: ShopPlan): Promise<void> {
  await copy(
    pool,
    'products (id, source, external_id, sku, name, category, created_at, updated_at)',
    products.map(({ id, external_id, category }) => [
      id,
      source,
      external_id,
      `SKU-${external_id}`,
      `Product ${external_id}`,
      category,
      start,
      start,
    ]),
  );
  await copy(
    pool,
    'product_costs (id, product_id, currency, period, unit_cost_minor)',
    products.flatMap(({ id, costs }) =>
      costs.map((cost, place) => [
        crypto.randomUUID(),
        id,
        'EUR',
        rangeOf({ from: cost.from, to: costs[place + 1]?.from ?? null }),
        cost.unit_cost_minor,
      ]),
    ),
  );
}

async function loadCampaigns(pool: Pool, { start, campaigns }: ShopPlan): Promise<void> {
  await copy(
    pool,
    `campaigns (id, parent_campaign_id, name, platform, campaign_type, tracking_code, starts_at, ends_at, currency,
       status, created_by, updated_by, created_at, updated_at)`,
    campaigns.map((campaign, place) => [
      campaign.id,
      campaign.parent_id,
      campaign.name,
      campaign.platform,
      'campaign',
      `BENCH_${place}`,
      campaign.running[0]!.from,
      campaign.running.at(-1)!.to,
      'EUR',
      'running',
      source,
      source,
      campaign.created_at,
      campaign.created_at,
    ]),
  );
  await copy(
    pool,
    'campaign_running_periods (id, campaign_id, period)',
    campaigns.flatMap(({ id, running }) =>
      running.map((period) => [crypto.randomUUID(), id, rangeOf(period)]),
    ),
  );
  await copy(
    pool,
    'campaign_targets (id, campaign_id, product_id, period, created_by, created_at)',
    campaigns.flatMap(({ id, targets }) =>
      targets.map((target) => [crypto.randomUUID(), id, target.product_id, rangeOf(target), source, start]),
    ),
  );
  await copy(
    pool,
    'campaign_spend (id, campaign_id, day, currency, amount_minor, source, kind, created_by, created_at)',
    campaigns.flatMap(({ id, running }) =>
      daysOf(running).map((day) => [
        crypto.randomUUID(),
        id,
        day,
        'EUR',
        5_000,
        source,
        'entry',
        source,
        start,
      ]),
    ),
  );
}

/** Everybody with an address, one in ten with that of somebody else. */
async function loadCustomers(pool: Pool, { start }: ShopPlan, count: number): Promise<void> {
  await copy(
    pool,
    'customers (id, source, external_id, email, email_hash, created_at, updated_at)',
    rows(Array(count).keys(), (place) => {
      const email = `c${place % 10 === 9 ? place - 1 : place}@example.com`;
      const hash = createHash('sha256').update(email).digest('hex');
      return [[customerId(place), source, `c${place}`, email, `\\\\x${hash}`, start, start]];
    }),
  );
}

async function loadOrders(pool: Pool, plan: ShopPlan, size: ShopSize, seed: number): Promise<void> {
  // The same orders each time: making them again is cheaper than keeping a million of them.
  const orders = () => makeOrders(plan, size, seed);
  await copy(
    pool,
    `orders (id, source, external_id, received_via, order_number, customer_id, currency, ordered_at, status, prices_include_tax,
       shipping_minor, tax_minor, discount_minor, payload_hash, revision, created_at, changed_at)`,
    rows(orders(), (order) => [
      [
        order.id,
        source,
        order.external_id,
        'api',
        order.external_id,
        order.customer_id,
        'EUR',
        order.ordered_at,
        order.status,
        true,
        order.shipping_minor,
        order.tax_minor,
        order.discount_minor,
        '\\\\x00',
        1,
        order.ordered_at,
        order.ordered_at,
      ],
    ]),
  );
  await copy(
    pool,
    'order_lines (order_id, line_no, product_id, quantity_e4, unit_price_minor, discount_minor)',
    rows(orders(), ({ id, lines }) =>
      lines.map((line, place) => [
        id,
        place + 1,
        line.product_id,
        line.quantity * 10_000,
        line.unit_price_minor,
        line.discount_minor,
      ]),
    ),
  );
  const refunded = function* () {
    for (const order of orders()) if (order.refunded.length > 0) yield order;
  };
  await copy(
    pool,
    'refunds (order_id, external_id, refunded_at, payload_hash, created_at)',
    rows(refunded(), ({ id, ordered_at }) => [[id, 'r1', ordered_at, '\\\\x00', ordered_at]]),
  );
  await copy(
    pool,
    'refund_lines (order_id, refund_external_id, position, line_no, quantity_e4)',
    rows(refunded(), (order) =>
      order.refunded.map((line_no, place) => [
        order.id,
        'r1',
        place,
        line_no,
        order.lines[line_no - 1]!.quantity * 10_000,
      ]),
    ),
  );
}

type Value = string | number | boolean | Date | null;

function* rows<Made>(made: Iterable<Made>, rowsOf: (each: Made) => Value[][]): Generator<Value[]> {
  for (const each of made) yield* rowsOf(each);
}

async function copy(pool: Pool, table: string, values: Iterable<Value[]>): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(Readable.from(chunks(values)), client.query(copyFrom(`copy ${table} from stdin`)));
  } finally {
    client.release();
  }
}

// A chunk a thousand rows: a chunk a row spends its time in the stream, not in the server.
function* chunks(values: Iterable<Value[]>): Generator<string> {
  let chunk: string[] = [];
  for (const row of values) {
    chunk.push(`${row.map(textOf).join('\t')}\n`);
    if (chunk.length < 1000) continue;
    yield chunk.join('');
    chunk = [];
  }
  yield chunk.join('');
}

function textOf(value: Value): string {
  if (value === null) return '\\N';
  return value instanceof Date ? value.toISOString() : String(value);
}

function rangeOf({ from, to }: { from: Date; to: Date | null }): string {
  return `[${from.toISOString()},${to?.toISOString() ?? ''})`;
}

function daysOf(periods: { from: Date; to: Date | null }[]): string[] {
  return periods.flatMap(({ from, to }) => {
    const days: string[] = [];
    for (let day = from.getTime(); day < to!.getTime(); day += 86_400_000) {
      days.push(new Date(day).toISOString().slice(0, 10));
    }
    return days;
  });
}
