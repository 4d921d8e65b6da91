import { expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must, openShop } from '../../../test/shop.ts';
import { fillNewVersions } from '../../jobs/index.ts';

const models = ['product_full', 'product_split', 'last_touch'];
const api = await startApi({ now: '2026-03-01T12:00:00Z', settings: { models } });
const shop = openShop(api, 'creditable');
await shop.product('shoe', { cost: 5 });
await shop.campaign('A', { targets: ['shoe'] });
const order = (name: string, status: string) =>
  shop.order(name, { status, shipping: 4, at: '2026-02-01T12:00:00Z', lines: [['shoe', 2, 10]] });
await order('kept', 'confirmed');
await order('out', 'completed');
await order('in', 'pending');
await api.settle();

test('what orders can be credited for adds up to what the reports say, before and after another version', async () => {
  expect(await creditable()).toEqual({ kept: '20.00', out: '20.00', in: null });
  expect(await ofReport()).toBe(40);
  const countableStatuses = ['confirmed', 'pending'];
  await fillNewVersions(api.db, { models, countableStatuses, visitWindowDays: 30 }, api.clock.now());
  await api.settle();
  expect(await creditable()).toEqual({ kept: '20.00', out: null, in: '20.00' });
  expect(await ofReport()).toBe(40);
});

test('some models settled again after others, it is still that of the lines, without shipping', async () => {
  must(await api.post('/admin/backfills', { models: ['product_full', 'product_split'] }), 202);
  await api.settle();
  expect(await creditable()).toMatchObject({ kept: '20.00' });
  await shop.refund('kept', { external_id: 'r1', lines: [{ line_no: 1, quantity: 1, amount: 10 }] });
  await api.settle();
  expect(await creditable()).toMatchObject({ kept: '10.00' });
});

async function creditable(): Promise<Record<string, string | null>> {
  const { rows } = await api.pool.query('select external_id, creditable_revenue from reporting.orders');
  return Object.fromEntries(
    rows.map(({ external_id, creditable_revenue }) => [external_id, creditable_revenue]),
  );
}

async function ofReport(): Promise<number> {
  return must(await api.get('/reports/health'), 200).data.revenue.total;
}
