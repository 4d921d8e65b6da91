import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { migrateDatabase, openDatabase } from '../packages/server/src/database/index.ts';
import { fillNewVersions, runWorker } from '../packages/server/src/jobs/index.ts';
import { systemClock } from '../packages/server/src/vocabulary/clock.ts';
import { percentile } from './percentile.ts';
import { serveBench } from './serve-bench.ts';

// A hundred thousand visits of last month come in batches of ten thousand through the API, half of them of sessions that
// have an order. Meanwhile somebody clicks again and orders, again and again: how long the click takes, and how long
// until the order is settled, before and during.
const { values } = parseArgs({ options: { visits: { type: 'string', default: '100000' } } });
const total = Number(values.visits);
const batch = 10_000;
const day = 86_400_000;
const start = Date.parse('2025-12-01T00:00:00Z');

const dataDirectory = fileURLToPath(new URL('../.bench/past-visits/', import.meta.url));
await rm(dataDirectory, { recursive: true, force: true });
const database = await openDatabase(
  { databaseUrl: undefined, dataDirectory },
  { company: 'alone', log: () => {} },
);
const { db, pool } = database;
await migrateDatabase(pool);
const rules = { models: ['last_touch'], countableStatuses: ['completed'], visitWindowDays: 30 };
await fillNewVersions(db, rules, new Date());
const { server, headers } = await serveBench(pool);
const post = async (
  path: string,
  payload: object,
  more: Record<string, string> = {},
): Promise<{ data: { id: string; key: string } }> => {
  const asked = { method: 'POST' as const, url: `/api/v1${path}`, headers: { ...headers, ...more }, payload };
  const reply = await server.inject(asked);
  if (reply.statusCode > 299) throw new Error(`${path} answered ${reply.statusCode}: ${reply.body}`);
  return reply.json();
};
const page = {
  'x-site-key': (await post('/site-keys', { name: 'bench' })).data.key,
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
};
for (let number = 0; number < 20; number += 1) {
  await post('/campaigns', {
    name: `C${number}`,
    platform: 'x',
    campaign_type: 'post',
    tracking_code: `C${number}`,
  });
}
const orderOf = (external_id: string, session_id: string, at: number) => ({
  ...{ source: 'bench', external_id, session_id, currency: 'EUR', status: 'completed', total: 10 },
  ordered_at: new Date(at).toISOString(),
});
for (let first = 0; first < total / 10; first += 500) {
  const orders = Array.from({ length: 500 }, (_, place) =>
    orderOf(`past ${first + place}`, `past-${first + place}`, start + 10 * day),
  );
  await post('/orders/batch', { items: orders });
}
const worker = await runWorker({
  ...{ db, pool, clock: systemClock, log: pino({ level: 'silent' }), attributionEnabled: true },
});
await settled();

type Waits = { order: number[]; click: number[] };
const before: Waits = { order: [], click: [] };
const during: Waits = { order: [], click: [] };
let waits = before;
let isOver = false;
const living = live();
await wait(20_000);
waits = during;
const started = performance.now();
const memory: number[] = [];
for (let first = 0; first < total; first += batch) {
  const visits = Array.from({ length: batch }, (_, place) => ({
    external_id: `visit ${first + place}`,
    session_id: `past-${(first + place) % (total / 5)}`,
    tracking_code: `C${(first + place) % 20}`,
    visited_at: new Date(start + ((first + place) % 9) * day).toISOString(),
    landing_page: '/',
  }));
  await post('/visits/batch', { visits });
  memory.push(Math.round(process.memoryUsage().rss / 1e6));
}
const recorded = performance.now() - started;
await settled();
const all = performance.now() - started;
isOver = true;
await living;
console.log(
  `${total} visits recorded in ${(recorded / 1_000).toFixed(0)} s, their orders settled after ${(all / 1_000).toFixed(0)} s; ` +
    `memory ${memory[0]} MB after the first batch, ${Math.max(...memory)} MB at most`,
);
console.log('| | order settled, p50 ms | p95 | longest | click answered, p50 ms | p95 | longest |');
console.log('|---|--:|--:|--:|--:|--:|--:|');
for (const [when, { order, click }] of Object.entries({ before, during })) {
  const shown = [order, click].flatMap((took) => [0.5, 0.95, 1].map((share) => percentile(took, share)));
  console.log(`| ${when} | ${shown.join(' | ')} |`);
}
await worker.stop();
await server.close();
await database.close();
await rm(dataDirectory, { recursive: true, force: true });

/** Twenty sessions click and order in turn; their clicks are never the first, so they wait for locks of sessions. */
async function live(): Promise<void> {
  for (let number = 0; !isOver; number += 1) {
    const session_id = `live-${number % 20}`;
    const clicked = performance.now();
    await post('/campaigns/track-visit', { session_id, tracking_code: 'C1', landing_page: '/' }, page);
    waits.click.push(performance.now() - clicked);
    const { data } = await post(
      '/orders',
      orderOf(`live ${number}`, session_id, Date.parse('2025-12-31T20:00:00Z')),
    );
    const ordered = performance.now();
    while (!(await isSettled(data.id))) await wait(10);
    waits.order.push(performance.now() - ordered);
    await wait(100);
  }
}

async function isSettled(orderId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select from order_settlements where order_id = $1 and settled_at is not null',
    [orderId],
  );
  return rowCount === 1;
}

async function settled(): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(`select count(*)::int as jobs from graphile_worker.jobs`);
    if (rows[0].jobs === 0) return;
    await wait(250);
  }
}
