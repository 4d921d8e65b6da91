import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';
import { enqueueSettlement, inTransaction, pastPriority } from '../database/index.ts';
import { runWorker } from './run-worker.ts';

const api = await startApi({ now: '2026-06-01T00:00:00Z', settings: { models: ['last_touch'] } });
const shop = openShop(api, 'shop');
await shop.campaign('A', { tracking_code: 'A_01' });

/** The ids of orders that a session each placed in the past. */
async function pastOrders(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const at = '2026-05-10T00:00:00Z';
    ids.push((await shop.order(`past ${number}`, { at, total: 10, session_id: `past-${number}` })).data.id);
  }
  await api.settle();
  return ids;
}

async function isSettled(orderId: string): Promise<boolean> {
  const held = await api.db
    .selectFrom('order_settlements')
    .select('settled_at')
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return held?.settled_at != null;
}

async function lockedJobs(): Promise<number> {
  const { rows } = await api.pool.query(
    'select count(*)::int as count from graphile_worker._private_jobs where locked_at is not null',
  );
  return rows[0].count;
}

test('an order of now is settled while those that past visits reach are held up, however many they are', async () => {
  const ids = await pastOrders(8);
  const visits = ids.map((_, number) => ({
    session_id: `past-${number}`,
    visited_at: '2026-05-01T00:00:00Z',
    tracking_code: 'A_01',
  }));
  for (const visit of visits) must(await api.post('/visits/batch', { visits: [visit] }), 200);
  for (const id of ids)
    await enqueueSettlement(api.db, [id], 'A visit of the past.', { priority: pastPriority });

  let worker: Awaited<ReturnType<typeof runWorker>> | undefined;
  await inTransaction(api.db, async (holding) => {
    await holding.selectFrom('orders').select('id').where('id', 'in', ids).forUpdate().execute();
    const { db, pool, clock } = api;
    worker = await runWorker({ db, pool, clock, log: pino({ level: 'silent' }), attributionEnabled: true });
    // Whatever can be taken of the past is taken by now, and waits.
    await wait(500);
    const { id } = (await shop.order('now', { at: '2026-05-31T00:00:00Z', total: 10 })).data;
    while (!(await isSettled(id))) await wait(20);
  });
  await worker!.stop();
  // Nothing that was done is done again by whoever comes next.
  expect(await lockedJobs()).toBe(0);
  await api.settle();
  for (const id of ids) {
    const { data } = must(await api.get(`/orders/${id}/credits`), 200);
    expect(data).toHaveLength(1);
  }
});
