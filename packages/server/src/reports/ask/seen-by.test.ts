import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const shop = openShop(api, 'shop');
const starts_at = '2025-01-01T00:00:00Z';

await shop.product('shoe', { cost: 10 });
await shop.campaign('Acme', { targets: ['shoe'], starts_at, owner: 'Acme', platform: 'google' });
await shop.campaign('Acme below', { targets: ['shoe'], starts_at, parent: 'Acme' });
await shop.campaign('Other', { targets: ['shoe'], starts_at, owner: 'Other' });
await shop.campaign('Nobody', { targets: ['shoe'], starts_at });
await shop.order('o', { lines: [['shoe', 1, 100]] });
await shop.order('yen', { lines: [['shoe', 1, 100]], currency: 'JPY' });
const spend = (campaign: string, fields: Record<string, unknown>) =>
  api.post(`/campaigns/${shop.campaignIds.get(campaign)}/spend`, { day: '2026-02-10', ...fields });
must(await spend('Acme below', { amount: 10 }), 201);
must(await spend('Other', { amount: 1000 }), 201);
must(await spend('Other', { amount: 1000, currency: 'CHF' }), 201);
await api.settle();

async function keyOf(owners: string[]) {
  const key = { name: owners.join(' and '), role: 'advertiser', owner_scope: owners };
  const authorization = `Bearer ${must(await api.post('/api-keys', key), 201).data.key}`;
  return (path: string) => api.get(path, { authorization });
}
const acme = await keyOf(['Acme']);
const both = await keyOf(['Acme', 'Other']);

describe('an advertiser', () => {
  test('sees their campaigns and all below them, and totals of those', async () => {
    const { data, meta } = must(await acme('/reports/leaderboard'), 200);
    expect(data.map((row: { name: string; spend: number }) => [row.name, row.spend])).toEqual([
      ['Acme', 0],
      ['Acme below', 10],
    ]);
    // One tree counts its order once.
    expect(meta.totals).toMatchObject({ revenue: 50, orders: 1, spend: 10, roas: 5 });
    expect(meta.other_currencies).toEqual(['JPY']);
  });

  test.each([
    [
      '/reports/overview',
      { revenue: 50, orders: 1, spend: 10, creditable_revenue: null, attribution_rate: null, mer: 5 },
    ],
    ['/reports/overview?platform=google', { revenue: 25, orders: 1, spend: 0 }],
    ['/reports/overview?model=product_full', { revenue: 100, orders: 1 }],
  ])('is told nothing of the shop by %s', async (path, figures) => {
    const { data } = must(await acme(path), 200);
    expect(data).toMatchObject(figures);
    expect(JSON.stringify(data)).not.toMatch(/Other|Nobody/);
  });

  test('sees platforms and timelines of their own', async () => {
    const platforms = must(await acme('/reports/platforms'), 200);
    expect(platforms.data).toMatchObject([
      { platform: 'google', revenue: 25, spend: 0 },
      { platform: 'instagram', revenue: 25, spend: 10 },
    ]);
    expect(platforms.meta.totals).toMatchObject({ revenue: 50, spend: 10 });
    const timeline = must(await acme('/reports/timeline?interval=month'), 200);
    expect(timeline.meta.totals).toMatchObject({ revenue: 50, spend: 10 });
  });

  test.each(['summary', 'timeline', 'products', 'orders'])(
    'finds no %s of the campaigns of others',
    async (report) => {
      const path = (campaign: string) => `/campaigns/${shop.campaignIds.get(campaign)}/reports/${report}`;
      expect((await acme(path('Acme below'))).status).toBe(200);
      expect((await acme(path('Other'))).status).toBe(404);
      expect((await acme(path('Nobody'))).status).toBe(404);
    },
  );

  test('of several trees has sums, and no FULL credit of them together', async () => {
    const { meta } = must(await both('/reports/leaderboard'), 200);
    expect(meta.totals).toMatchObject({ revenue: 75, orders: null, spend: 1010 });
    expect(meta.other_currencies).toEqual(['CHF', 'JPY']);
    const full = await both('/reports/overview?model=product_full');
    expect(full.status).toBe(422);
    expect(full.body.error.fields).toEqual([
      { path: 'model', message: expect.stringMatching(/one campaign at a time/) },
    ]);
    expect(must(await both('/reports/leaderboard?model=product_full'), 200).meta.totals).toBeNull();
  });

  test('may not ask how much of the shop is attributed', async () => {
    expect((await acme('/reports/health')).status).toBe(403);
  });
});
