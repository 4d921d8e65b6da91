import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';
import { runBackfill } from './run-backfill.ts';

// Three batches of orders, the last one short.
const count = 1_200;
const api = await startApi({ now: '2026-03-01T12:00:00Z', settings: { attributionEnabled: false } });
const shop = openShop(api, 'walk');
await shop.product('shoe', { cost: 5 });
await shop.campaign('A', { targets: ['shoe'] });
const ids: string[] = [];
for (let first = 0; first < count; first += 600) {
  const items = Array.from({ length: 600 }, (_, place) => ({
    source: shop.source,
    external_id: `o${first + place}`,
    currency: 'EUR',
    ordered_at: new Date(Date.UTC(2026, 1, 1) + (first + place) * 60_000).toISOString(),
    status: 'confirmed',
    lines: [{ product: { external_id: 'shoe' }, quantity: 1, unit_price: 10 }],
  }));
  const { data } = must(await api.post('/orders/batch', { items }), 200);
  ids.push(...data.map(({ id }: { id: string }) => id));
}
await sql`truncate graphile_worker._private_jobs`.execute(api.db);

const context = { db: api.db, clock: api.clock, log: { info() {}, warn() {}, error() {} } };
const attempt = { last: true, priority: 0 };
const start = async () =>
  must(await api.post('/admin/backfills', { models: ['product_split'] }), 202).data.id;
const work = (id: string) => runBackfill({ backfill_id: id }, context, attempt);
const read = async (id: string) => must(await api.get(`/admin/backfills/${id}`), 200).data;
const credited = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from credit_entries`.execute(api.db)).rows[0]!.n;

test('cancelled in the middle, it keeps what it posted, posts no more, and one that follows posts the rest once', async () => {
  const id = await start();
  await cancelBeforeLastBatch(id);
  const cancelled = await read(id);
  expect(cancelled).toMatchObject({ status: 'cancelled', entries_posted: cancelled.orders_done });
  expect(cancelled.orders_done).toBe(1000);
  expect(await credited()).toBe(cancelled.entries_posted);

  const next = await start();
  await work(next);
  expect(await read(next)).toMatchObject({
    status: 'completed',
    orders_done: count,
    entries_posted: count - cancelled.entries_posted,
  });
  expect(await credited()).toBe(count);
});

test('cancelled in the middle and resumed, it goes on from there and posts everything once', async () => {
  await startOver();
  const id = await start();
  await cancelBeforeLastBatch(id);
  const { orders_done } = await read(id);
  expect(orders_done).toBe(1000);
  expect(must(await api.post(`/admin/backfills/${id}/resume`), 202).data).toMatchObject({
    status: 'running',
    orders_done,
  });
  await work(id);
  expect(await read(id)).toMatchObject({ status: 'completed', orders_done: count, entries_posted: count });
  expect(await credited()).toBe(count);
  expect((await api.post(`/admin/backfills/${id}/resume`)).status).toBe(409);
});

test('two workers that got the same job take turns: every order is settled once', async () => {
  await startOver();
  const id = await start();
  await Promise.all([work(id), work(id)]);
  expect(await read(id)).toMatchObject({
    status: 'completed',
    orders_done: count,
    orders_affected: count,
    entries_posted: count,
  });
  expect(await credited()).toBe(count);
});

test('a poison order fails alone: the backfill goes on, and its batch settles without it', async () => {
  await startOver();
  const poison = ids[700]!;
  await sql`
    create function refuse_poison() returns trigger language plpgsql as $$ begin raise 'poison'; end $$`.execute(
    api.db,
  );
  await sql`
    create trigger poison before insert on credit_entries for each row
      when (new.order_id = ${sql.lit(poison)}) execute function refuse_poison()`.execute(api.db);
  const id = await start();
  await work(id);
  expect(await read(id)).toMatchObject({ status: 'completed', orders_done: count, orders_affected: 700 });
  expect(await credited()).toBe(700);

  api.settings.attributionEnabled = true;
  for (let round = 0; round < 12; round += 1) {
    await sql`update graphile_worker._private_jobs set run_at = now()`.execute(api.db);
    await api.settle();
  }
  const jobs = must(await api.get('/admin/jobs'), 200).data;
  expect(jobs).toMatchObject([{ payload: { order_ids: [poison] } }]);
  const { rows } = await sql<{ n: number }>`
    select count(distinct order_id)::int as n from credit_entries`.execute(api.db);
  expect(rows[0]!.n).toBe(count - 1);
});

async function startOver(): Promise<void> {
  await sql`alter table credit_entries disable trigger user`.execute(api.db);
  await sql`truncate credit_entries, credit_rollups, order_settlements, graphile_worker._private_jobs`.execute(
    api.db,
  );
  await sql`alter table credit_entries enable trigger user`.execute(api.db);
}

/** Holds an order of the last batch, so that the walk waits there while it is cancelled. */
async function cancelBeforeLastBatch(id: string): Promise<void> {
  const client = await api.pool.connect();
  try {
    await client.query('begin');
    await client.query('select from orders where id = $1 for update', [ids[1100]]);
    const walk = work(id);
    while ((await read(id)).orders_done < 1000) await setTimeout(20);
    must(await api.delete(`/admin/backfills/${id}`), 200);
    await client.query('commit');
    await walk;
  } finally {
    client.release();
  }
}
