import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { drainQueue } from '../../src/jobs/index.ts';
import { startApi } from '../api.ts';
import { must, openShop } from '../shop.ts';

const kills = 10;
const orders = 8_000;

const api = await startApi({ now: '2026-03-01T12:00:00Z', settings: { attributionEnabled: false } });
const shop = openShop(api, 'killed');

test(`a backfill that is killed ${kills} times goes on where it was and posts nothing twice`, async () => {
  await shop.product('shoe', { cost: 4 });
  for (const name of ['A', 'B', 'C']) await shop.campaign(name, { targets: ['shoe'] });
  for (let start = 0; start < orders; start += 1000) {
    const items = Array.from({ length: 1000 }, (_, place) => ({
      source: shop.source,
      external_id: `o${start + place}`,
      currency: 'EUR',
      ordered_at: new Date(Date.UTC(2026, 1, 1) + (start + place) * 60_000).toISOString(),
      status: 'confirmed',
      lines: [{ product: { external_id: 'shoe' }, quantity: 1, unit_price: 10 }],
    }));
    must(await api.post('/orders/batch', { items }), 200);
  }
  const { id } = must(await api.post('/admin/backfills', {}), 202).data;

  const reached: number[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    const worker = spawn(
      process.execPath,
      [
        '--import',
        new URL('../run-typescript.js', import.meta.url).pathname,
        new URL('./work-on-backfills.ts', import.meta.url).pathname,
        api.url,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(worker.stdout, 'data');
    const before = reached.at(-1) ?? 0;
    // At least one batch further, then somewhere in the middle of another.
    while ((await progress(id)).orders_done === before && worker.exitCode === null) await wait(20);
    await wait((kill * 31) % 200);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    reached.push((await progress(id)).orders_done);
  }
  expect(reached).toEqual([...reached].sort((a, b) => a - b));

  // Whoever works the queue next goes on.
  const { db, pool, clock } = api;
  const log = { info() {}, warn() {}, error() {} };
  await drainQueue({ db, pool, clock, log, attributionEnabled: true, only: 'run-backfill' });
  expect(await progress(id)).toMatchObject({
    status: 'completed',
    orders_done: orders,
    orders_affected: orders,
    entries_posted: 6 * orders,
  });
  // The jobs that the orders left behind find nothing to do.
  api.settings.attributionEnabled = true;
  await api.settle();
  const { rows } = await sql<{ entries: number; revenue: string }>`
    select count(*)::int as entries, sum(revenue_minor)::text as revenue
      from credit_entries e join attribution_models m on m.id = e.model_version_id
     where m.model = 'product_split'`.execute(api.db);
  expect(rows[0]).toEqual({ entries: 3 * orders, revenue: String(orders * 1000) });
  expect(must(await api.post('/admin/verify'), 200).data).toMatchObject({ difference_count: 0, pending: 0 });
}, 300_000);

async function progress(id: string) {
  return must(await api.get(`/admin/backfills/${id}`), 200).data;
}
