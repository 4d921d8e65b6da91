import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { reporter } from '../../../test/report.ts';

const api = await startApi({ now: '2025-03-01T12:00:00Z' });
const ask = reporter(api);
await api.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = api.app.server.address() as AddressInfo;

type Options = { server: string; key: string; mailAgain?: boolean; recipientsEach: number };
const { buildCampaign } = (await import(
  new URL('../../../../../examples/email-campaign/build-campaign.js', import.meta.url).href
)) as { buildCampaign(options: Options): Promise<Record<string, unknown>> };
const options = { server: `http://127.0.0.1:${port}`, key: api.settings.adminKey!, recipientsEach: 40 };

test('the example builds the documented campaign: 23.9 % on 33,500, Standard; a second mailing adds mails alone', async () => {
  const built = await buildCampaign(options);
  expect(built).toMatchObject({
    budget_allocated: 75_000,
    spend: 33_500,
    revenue: 41_500,
    roi: 23.88,
    roas: 1.2388,
    tier: 'Standard',
    retailers: 15,
    email_campaigns: 3,
    sent: 15 * 3 * 40,
    sales: 30,
    leads: 15,
  });
  expect(await buildCampaign(options)).toEqual(built);

  const again = await buildCampaign({ ...options, mailAgain: true });
  expect(again).toMatchObject({ revenue: 41_500, roi: 23.88, roas: 1.2388, sent: 15 * 4 * 40 });

  await api.settle();
  const regions = await ask('/reports/email/regions?currency=USD&sort=name', 'name retailers sent revenue');
  expect(regions.rows).toEqual(['Central 5 800 7800', 'East 5 800 18700', 'West 5 800 15000']);
  const top = await ask('/reports/email/retailers?currency=USD&limit=3', 'rank name revenue');
  expect(top.rows).toEqual([
    '1 Cartier Rodeo Drive 8500',
    '2 Betteridge NY 7200',
    '3 Tiffany & Co Fifth Ave 6800',
  ]);
  const { rows } = await api.pool.query(
    'select total_revenue::float, roi_percentage::text, performance_tier from reporting.campaign_performance_summary',
  );
  expect(rows).toEqual([{ total_revenue: 41_500, roi_percentage: '23.9', performance_tier: 'Standard' }]);
});
