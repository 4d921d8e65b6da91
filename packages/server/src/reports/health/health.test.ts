import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { reporter } from '../../../test/report.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const shop = openShop(api, 'shop');
const ask = reporter(api);
const starts_at = '2025-01-01T00:00:00Z';
const range = 'from=2026-02-01&to=2026-02-28';

for (const product of ['none', 'one', 'two', 'three', 'rare']) await shop.product(product, { cost: 1 });
await shop.campaign('A', { targets: ['one', 'two', 'three'], starts_at, platform: 'google' });
await shop.campaign('B', { targets: ['two', 'three'], starts_at });
await shop.campaign('C', { targets: ['three'], starts_at });
await shop.order('mixed', {
  lines: [
    ['none', 1, 100],
    ['one', 1, 50],
    ['three', 2, 25],
  ],
});
await shop.order('without', {
  lines: [
    ['none', 1, 60],
    ['rare', 3, 10],
  ],
  at: '2026-02-02T12:00:00Z',
});
await shop.order('two', { lines: [['two', 1, 110]], at: '2026-02-03T12:00:00Z' });
// What is not countable could not be credited.
await shop.order('pending', { lines: [['none', 1, 1000]], status: 'pending' });
await shop.order('gone', { lines: [['one', 1, 1000]] });
await shop.order('january', { lines: [['one', 1, 1000]], at: '2026-01-15T12:00:00Z' });
// Of what came back whole, nothing is left that a campaign could have earned.
await shop.product('returned');
await shop.order('returned', { lines: [['returned', 2, 30]], at: '2026-02-04T12:00:00Z' });
await shop.refund('returned', { external_id: 'r', lines: [{ line_no: 1, quantity: 2 }] });
must(
  await api.post(`/campaigns/${shop.campaignIds.get('A')}/spend`, { day: '2026-02-10', amount: 100 }),
  201,
);
await api.settle();
await shop.orderStatus('gone', 'cancelled');
await api.settle();

describe.each(['product_split', 'product_full'])('health under %s', (model) => {
  test('says how much of what could be credited is, each line once', async () => {
    const { data } = await ask(`/reports/health?${range}&model=${model}`, 'currency');
    expect(data).toMatchObject({
      items: { total: 6, attributed: 3, unattributed: 3, attribution_rate: 50 },
      revenue: { total: 400, attributed: 210, unattributed: 190, attribution_rate: 52.5 },
      orders: { total: 3, attributed: 2, unattributed: 1, attribution_rate: 66.67 },
      currency: 'EUR',
    });
  });

  test('averages the overlap over attributed lines and shows its distribution', async () => {
    const { data } = await ask(`/reports/health?${range}&model=${model}`, 'currency');
    expect(data.overlap).toEqual({
      average: 2,
      distribution: [
        { matched_campaigns: 0, lines: 3, units: 5, revenue: 190 },
        { matched_campaigns: 1, lines: 1, units: 1, revenue: 50 },
        { matched_campaigns: 2, lines: 1, units: 1, revenue: 110 },
        { matched_campaigns: 3, lines: 1, units: 2, revenue: 50 },
      ],
    });
  });

  test('names the products that sell without any campaign', async () => {
    const { data } = await ask(`/reports/health?${range}&model=${model}`, 'currency');
    const { products, ...examined } = data.unattributed_products;
    expect(examined).toEqual({ orders_examined: 6, since: '2026-02-01T13:00:00+01:00' });
    expect(products).toMatchObject([
      { external_id: 'none', units: 2, revenue: 160, lines: 2 },
      { external_id: 'rare', units: 3, revenue: 30, lines: 1 },
    ]);
  });
});

test('health of a platform is how much of everything is credited to it', async () => {
  const { data } = await ask(`/reports/health?${range}&platform=google`, 'currency');
  // A holds all of 50, half of 110 and a third of 50.
  expect(data).toMatchObject({
    items: { total: 6, attributed: 3, attribution_rate: 50 },
    revenue: { total: 400, attributed: 121.67, unattributed: 278.33, attribution_rate: 30.42 },
    overlap: { average: null, distribution: [] },
    unattributed_products: null,
  });
});

test('health as booked has no rates, and says why', async () => {
  const { data, meta } = await ask('/reports/health?from=2026-03-01&to=2026-03-01&basis=posted', 'currency');
  expect(data.revenue).toEqual({ total: null, attributed: 1210, unattributed: null, attribution_rate: null });
  expect(meta.note).toMatch(/by sale date only/);
});

test('health is compared with the period before', async () => {
  const { data } = await ask(`/reports/health?${range}&compare=previous`, 'currency');
  expect(data.previous.revenue).toEqual({
    total: 1000,
    attributed: 1000,
    unattributed: 0,
    attribution_rate: 100,
  });
});

test('health answers as CSV', async () => {
  const csv = await api.get(`/reports/health?${range}`, { accept: 'text/csv' });
  expect(csv.text.split('\r\n')).toEqual([
    'figure,total,attributed,unattributed,attribution_rate,currency',
    'lines,6,3,3,50,',
    'revenue,400,210,190,52.5,EUR',
    'orders,3,2,1,66.67,',
    '',
  ]);
});

describe('the overview', () => {
  test('shows all campaigns together beside what the shop sold', async () => {
    const { data } = await ask(`/reports/overview?${range}&compare=previous`, 'currency');
    expect(data).toMatchObject({
      revenue: 210,
      orders: 2,
      spend: 100,
      roi: 110,
      roas: 2.1,
      creditable_revenue: 400,
      attribution_rate: 52.5,
      mer: 4,
      tier: 'High ROI',
      previous: { revenue: 1000, creditable_revenue: 1000, mer: null, attribution_rate: 100 },
      change: { revenue: -79, creditable_revenue: -60, mer: null, spend: null, orders: 100 },
    });
    const names = data.top_campaigns.map(
      ({ name, revenue }: { name: string; revenue: number }) => `${name} ${revenue}`,
    );
    expect(names).toEqual(['A 121.67', 'B 71.67', 'C 16.66']);
    expect(data.platforms).toMatchObject([
      { rank: 1, platform: 'google', revenue: 121.67, spend: 100, roas: 1.2167 },
      { rank: 2, platform: 'instagram', revenue: 88.33, orders: 2, spend: 0, roas: null },
    ]);
  });

  // biome-ignore format: a table is read by its columns
  test.each([
    ['platform=google',               '121.67 400 30.42 1.2167'],
    ['platform=instagram',            '88.33 400 22.08 –'],
    ['basis=posted&to=2026-03-01&from=2026-02-10', '1210 – – –'],
    ['from=2026-02-10&to=2026-02-10', '0 0 – 0'],
    ['limit=1',                       '210 400 52.5 4'],
  ])('with ?%s', async (query, row) => {
    const report = await ask(`/reports/overview?${query.includes('from') ? query : `${range}&${query}`}`, 'revenue creditable_revenue attribution_rate mer');
    expect(report.rows).toEqual([row]);
    if (query === 'limit=1') expect(report.data.top_campaigns).toHaveLength(1);
  });

  test('answers as CSV', async () => {
    const csv = await api.get(`/reports/overview?${range}`, { accept: 'text/csv' });
    expect(csv.text.split('\r\n')[1]).toMatch(
      /^4,210.00,206.00,1,2,3,100.00,110,2.1,106,[\d.]+,400.00,52.5,4,High ROI,EUR$/,
    );
  });
});

test('platforms are compared with the period before', async () => {
  const report = await ask(
    `/reports/platforms?${range}&compare=previous`,
    'platform revenue previous.revenue change.revenue',
  );
  expect(report.rows).toEqual(['google 121.67 1000 -87.83', 'instagram 88.33 0 –']);
  expect(report.totals).toBe('210 1000 -79');
  const csv = await api.get(`/reports/platforms?${range}&status=running`, { accept: 'text/csv' });
  expect(csv.text.split('\r\n')[1]).toMatch(/^1,google,2.1667,121.67,[\d.]+,1,,,100.00,21.67,1.2167,/);
});
