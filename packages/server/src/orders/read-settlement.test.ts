import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const off = await startApi({ settings: { attributionEnabled: false } });

const sell = async (on: typeof api, external_id: string, product: string): Promise<string> => {
  await on.post('/products', { external_id: product });
  const { body } = await on.post('/orders', {
    external_id,
    currency: 'EUR',
    ordered_at: '2026-02-10T10:00:00Z',
    status: 'confirmed',
    lines: [{ product: { external_id: product }, quantity: 1, unit_price: 10 }],
  });
  return body.data.id;
};
const settlement = async (on: typeof api, id: string) => (await on.get(`/orders/${id}`)).body.data.settlement;

test('an order is pending until it is settled, and again when it changes', async () => {
  const id = await sell(api, 'o1', 'shirt');
  expect(await settlement(api, id)).toEqual({ status: 'pending', settled_at: null });
  await api.settle();
  expect(await settlement(api, id)).toEqual({ status: 'settled', settled_at: '2026-03-01T12:00:00.000Z' });
  await api.patch(`/orders/${id}/status`, { status: 'cancelled' });
  expect(await settlement(api, id)).toEqual({ status: 'pending', settled_at: '2026-03-01T12:00:00.000Z' });
});

test('an order is pending while a change of history that reaches it waits, and only then', async () => {
  const [reached, other] = [await sell(api, 'o2', 'hat'), await sell(api, 'o3', 'boot')];
  await api.settle();
  await api.post('/products', { external_id: 'hat', cost: 4 });
  expect((await settlement(api, reached)).status).toBe('pending');
  expect((await settlement(api, other)).status).toBe('settled');
  const later = { cost: 5, cost_from: '2026-02-10T10:00:00.001Z', reason: 'Invoice' };
  await api.settle();
  await api.post('/products', { external_id: 'hat', ...later });
  expect((await settlement(api, reached)).status).toBe('settled');
});

test('an order whose settlement failed for good says why, until it is tried again', async () => {
  const id = await sell(api, 'o4', 'sock');
  await api.settle();
  await api.db
    .updateTable('order_settlements')
    .set({ error: 'It broke.', failed_at: api.clock.now() })
    .where('order_id', '=', id)
    .execute();
  expect(await settlement(api, id)).toMatchObject({ status: 'failed', error: 'It broke.' });
  api.clock.advance(1000);
  await api.patch(`/orders/${id}/status`, { status: 'delivered' });
  expect((await settlement(api, id)).status).toBe('pending');
  await api.settle();
  expect(await settlement(api, id)).toEqual({ status: 'settled', settled_at: '2026-03-01T12:00:01.000Z' });
});

test('with attribution switched off, an order waits and says so', async () => {
  const id = await sell(off, 'o1', 'shirt');
  await off.settle();
  expect(await settlement(off, id)).toEqual({ status: 'off', settled_at: null });
});
