import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';
import { settleOrders } from './settle-orders.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const shop = openShop(api, 'failures');
await shop.product('shoe');
await shop.campaign('A', { targets: ['shoe'] });
await api.settle();

test('a poison order fails alone: its batch settles without it, and it is visible and can be retried', async () => {
  const items = ['p1', 'p2', 'p3', 'p4', 'p5'].map((external_id) => ({
    source: shop.source,
    external_id,
    currency: 'EUR',
    ordered_at: '2026-02-01T12:00:00Z',
    status: 'confirmed',
    lines: [{ product: { external_id: 'shoe' }, quantity: 1, unit_price: 10 }],
  }));
  const { data } = must(await api.post('/orders/batch', { items }), 200);
  const poison = data[2].id;
  await refuse(poison);
  await api.settle();
  for (const { id } of data) {
    const { settlement } = must(await api.get(`/orders/${id}`), 200).data;
    expect(settlement.status).toBe(id === poison ? 'pending' : 'settled');
  }

  await runOutOfAttempts();
  const failed = must(await api.get(`/orders/${poison}`), 200).data.settlement;
  expect(failed).toMatchObject({ status: 'failed', error: expect.stringContaining('poison') });
  const [job] = must(await api.get('/admin/jobs?status=failed'), 200).data;
  expect(job).toMatchObject({ task: 'settle-orders', payload: { order_ids: [poison] } });
  expect(job.last_error).toContain('poison');
  const differing = must(await api.post('/admin/verify'), 200).data;
  expect(differing.difference_count).toBeGreaterThan(0);

  await sql`drop trigger poison on credit_entries`.execute(api.db);
  must(await api.post(`/admin/jobs/${job.id}/retry`), 200);
  await api.settle();
  expect(must(await api.get(`/orders/${poison}`), 200).data.settlement.status).toBe('settled');
  expect(must(await api.get('/admin/jobs?status=failed'), 200).data).toEqual([]);
  expect(must(await api.post('/admin/verify'), 200).data.difference_count).toBe(0);
});

test('a job that has not failed cannot be retried by hand, nor one that is not there', async () => {
  await shop.order('waiting', { lines: [['shoe', 1, 10]] });
  const [job] = must(await api.get('/admin/jobs'), 200).data;
  expect((await api.post(`/admin/jobs/${job.id}/retry`)).status).toBe(409);
  expect((await api.post('/admin/jobs/999999999/retry')).status).toBe(404);
  await api.settle();
});

test('many settlements of the same orders at once post once', async () => {
  for (const order of ['c1', 'c2', 'c3']) await shop.order(order, { lines: [['shoe', 3, 9.99]] });
  const ids = ['c1', 'c2', 'c3'].map((order) => shop.orderIds.get(order)!);
  const run = { now: api.clock.now(), cause: 'at once' };
  await Promise.all(
    Array.from({ length: 8 }, (_, place) =>
      settleOrders(api.db, place % 2 === 0 ? ids : [...ids].reverse(), run),
    ),
  );
  await api.settle();
  for (const order of ['c1', 'c2', 'c3']) expect(await shop.entries(order)).toEqual(['1 A credit 3 29.97']);
  expect(must(await api.post('/admin/verify'), 200).data.difference_count).toBe(0);
});

test('the job of a worker that was killed goes back to the queue, at no cost of an attempt', async () => {
  await shop.order('orphan', { lines: [['shoe', 1, 10]] });
  await sql`
    update graphile_worker._private_jobs
       set locked_by = 'worker-that-was-killed', locked_at = now(), attempts = max_attempts`.execute(api.db);
  await api.settle();
  expect(await shop.credits('orphan')).toEqual(['1 A 1 10.00 –']);
});

test('the queue says how much waits, and a campaign entered late leaves what it reaches to be settled', async () => {
  api.clock.advance(1000);
  await shop.campaign('late', { targets: ['shoe'], starts_at: '2026-01-15T00:00:00Z' });
  // One settles what it reaches, one claims the clicks that came with its code before it was there.
  expect(must(await api.get('/admin/queue'), 200).data).toMatchObject({ waiting: 3, failed: 0 });
  expect(must(await api.get(shop.path('c1')), 200).data.settlement.status).toBe('pending');
  await api.settle();
  expect(must(await api.get(shop.path('c1')), 200).data.settlement.status).toBe('settled');
  expect(must(await api.get('/admin/queue'), 200).data).toMatchObject({ waiting: 0 });
});

async function refuse(orderId: string): Promise<void> {
  await sql`
    create function refuse_poison() returns trigger language plpgsql as $$
    begin
      raise exception 'poison';
    end $$`.execute(api.db);
  await sql`
    create trigger poison before insert on credit_entries for each row
      when (new.order_id = ${sql.lit(orderId)}) execute function refuse_poison()`.execute(api.db);
}

// The waits between attempts grow to minutes; here they are skipped.
async function runOutOfAttempts(): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await sql`update graphile_worker._private_jobs set run_at = now()`.execute(api.db);
    await api.settle();
  }
}
