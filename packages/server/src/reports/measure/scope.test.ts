import { expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { reporter } from '../../../test/report.ts';
import { openShop } from '../../../test/shop.ts';

const api = await startApi({ now: '2026-06-01T12:00:00Z' });
const ask = reporter(api);
const shop = openShop(api, 'scopes');
await shop.product('shoe', { cost: 10 });
await shop.product('sock', { cost: 1 });
await shop.campaign('Page', { platform: 'facebook', targets: ['shoe'] });
await shop.campaign('Reel', { platform: 'instagram', parent: 'Page', targets: ['sock'] });
await shop.order('o1', { at: '2026-05-10T12:00:00Z', lines: [['shoe', 1, 80]] });
await shop.order('o2', { at: '2026-05-11T12:00:00Z', lines: [['sock', 2, 5]] });
await api.settle();
const range = 'from=2026-05-01&to=2026-05-31&tz=UTC';

test('what stands below the campaigns of a platform is in the totals as it is in their rows', async () => {
  const trees = `${range}&platform=facebook&include_children=true`;
  const board = await ask(`/reports/leaderboard?${trees}`, 'name revenue orders');
  expect(board).toMatchObject({ rows: ['Page 90 2'], totals: '90 2' });
  const months = await ask(`/reports/timeline?${trees}&interval=month`, 'start revenue orders');
  expect(months).toMatchObject({ rows: ['2026-05-01T00:00:00+00:00 90 2'], totals: '90 2' });
  const full = await ask(`/reports/leaderboard?${trees}&model=product_full`, 'name revenue');
  expect(full.totals).toBe('90');
  const alone = await ask(`/reports/leaderboard?${range}&platform=facebook`, 'name revenue');
  expect(alone).toMatchObject({ rows: ['Page 80'], totals: '80' });
});

test('platforms add up to their totals, whatever stands below their campaigns', async () => {
  for (const filter of ['platform=facebook', 'platform=facebook&status=running', 'status=running']) {
    const report = await ask(
      `/reports/platforms?${range}&include_children=true&${filter}`,
      'platform revenue',
    );
    const sum = report.data.reduce((total: number, { revenue }: { revenue: number }) => total + revenue, 0);
    expect(report.totals).toBe(String(sum));
  }
});
