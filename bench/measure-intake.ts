import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import type { Pool } from 'pg';
import { serveBench } from './serve-bench.ts';
import { makeOrders } from './shop/make-orders.ts';
import { planShop, type ShopSize } from './shop/plan-shop.ts';

export type IntakeMeasurement = {
  /** Orders per second through the API and, beside it, through bare HTTP and bare SQL one after the other. */
  batches: { ours: number; floor: number };
  singles: { ours: number; floor: number };
};

const sizes = { batches: 20_000, perBatch: 500, singles: 2_000 };
const atOnce = 8;

/**
 * Sends orders over a socket, in batches and one by one (eight at once), and then does the least that could be called
 * the same: posts the bodies to a server that answers nothing, and writes the rows with nothing around them.
 */
export async function measureIntake(pool: Pool, size: ShopSize): Promise<IntakeMeasurement> {
  const { server, headers } = await serveBench(pool);
  const ours = await listen(server);
  const bare = fastify({ bodyLimit: 2 ** 24 });
  bare.post('/*', async () => ({}));
  const floor = await listen(bare);
  const send = (address: string, path: string, body: unknown) =>
    post(`${address}/api/v1${path}`, body, headers);

  const batched = chunks(ordersOf(size, sizes.batches, 'batch'), sizes.perBatch);
  const batches = {
    ours: await seconds(batched, 1, (items) => send(ours, '/orders/batch', { items })),
    floor:
      (await seconds(batched, 1, (items) => send(floor, '/orders/batch', { items }))) +
      (await seconds(batched, 1, (items) => write(pool, items))),
  };
  const singly = ordersOf(size, sizes.singles, 'single');
  const singles = {
    ours: await seconds(singly, atOnce, (order) => send(ours, '/orders', order)),
    floor:
      (await seconds(singly, atOnce, (order) => send(floor, '/orders', order))) +
      (await seconds(singly, atOnce, (order) => write(pool, [order]))),
  };
  await server.close();
  await bare.close();
  await pool.query(`delete from order_lines where order_id in (select id from orders where source = 'bare')`);
  await pool.query(`delete from orders where source = 'bare'`);
  const perSecond = (count: number, { ours, floor }: { ours: number; floor: number }) => ({
    ours: Math.round(count / ours),
    floor: Math.round(count / floor),
  });
  return { batches: perSecond(sizes.batches, batches), singles: perSecond(sizes.singles, singles) };
}

type SentOrder = ReturnType<typeof ordersOf>[number];

function ordersOf(size: ShopSize, count: number, name: string) {
  const plan = planShop(size, 1);
  const names = new Map(plan.products.map(({ id, external_id }) => [id, external_id]));
  return [...makeOrders(plan, { orders: count, days: 365 }, 7)].map((order, place) => ({
    source: 'bench',
    external_id: `${name}-${place}`,
    order_number: `${name}-${place}`,
    currency: 'EUR',
    ordered_at: order.ordered_at.toISOString(),
    status: order.status,
    prices_include_tax: true,
    customer: { external_id: `new${place % 4_000}`, email: `new${place % 4_000}@example.org` },
    utm: { utm_source: 'instagram', utm_campaign: `c${place % 200}` },
    lines: order.lines.map((line) => ({
      product: { external_id: names.get(line.product_id)! },
      quantity: line.quantity,
      unit_price: line.unit_price_minor / 100,
      discount: line.discount_minor / 100,
    })),
    shipping: order.shipping_minor / 100,
    tax: order.tax_minor / 100,
    discount: order.discount_minor / 100,
  }));
}

async function seconds<Item>(
  items: Item[],
  workers: number,
  work: (item: Item) => Promise<void>,
): Promise<number> {
  const waiting = items.values();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
  return (performance.now() - started) / 1000;
}

async function post(url: string, body: unknown, headers: Record<string, string>): Promise<void> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  if (reply.status > 201 || (text.includes('"rejected"') && !text.includes('"rejected":0'))) {
    throw new Error(`${url} answered ${reply.status}: ${text.slice(0, 500)}`);
  }
}

/** The rows of orders and their lines, in two statements of one transaction. */
async function write(pool: Pool, orders: SentOrder[]): Promise<void> {
  const client = await pool.connect();
  const rows = orders.map((order) => ({ ...order, id: crypto.randomUUID() }));
  const lines = rows.flatMap(({ id, lines }) =>
    lines.map((line, place) => ({ ...line, id, line_no: place + 1 })),
  );
  await client.query('begin');
  await client.query(
    `insert into orders (id, source, external_id, received_via, order_number, currency, ordered_at, status,
       prices_include_tax, shipping_minor, tax_minor, discount_minor, payload_hash, revision, created_at, changed_at)
     select id, 'bare', external_id, 'api', external_id, 'EUR', ordered_at, status, true, shipping, tax, discount, '\\x00',
            1, ordered_at, ordered_at
       from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
         as sent (id, external_id, ordered_at, status, shipping, tax, discount)`,
    [
      rows.map(({ id }) => id),
      rows.map(({ external_id }) => external_id),
      rows.map(({ ordered_at }) => ordered_at),
      rows.map(({ status }) => status),
      ...(['shipping', 'tax', 'discount'] as const).map((name) =>
        rows.map((row) => Math.round(row[name] * 100)),
      ),
    ],
  );
  await client.query(
    `insert into order_lines (order_id, line_no, product_id, quantity_e4, unit_price_minor, discount_minor)
     select sent.id, line_no, p.id, quantity, price, discount
       from unnest($1::uuid[], $2::int[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
         as sent (id, line_no, product, quantity, price, discount)
       join products p on p.source = 'bench' and p.external_id = sent.product`,
    [
      lines.map(({ id }) => id),
      lines.map(({ line_no }) => line_no),
      lines.map(({ product }) => product.external_id),
      lines.map(({ quantity }) => quantity * 10_000),
      lines.map(({ unit_price }) => Math.round(unit_price * 100)),
      lines.map(({ discount }) => Math.round(discount * 100)),
    ],
  );
  await client.query('commit');
  client.release();
}

function chunks<Item>(items: Item[], length: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, place) =>
    items.slice(place * length, (place + 1) * length),
  );
}

async function listen(server: Awaited<ReturnType<typeof serveBench>>['server']): Promise<string> {
  await server.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}
