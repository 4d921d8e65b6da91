import { afterAll, expect, it } from 'vitest';
import { startInstallation } from '../../server/src/cli/start-installation.ts';
import { freshDatabase } from '../../server/test/fresh-database.ts';
import { testSettings } from '../../server/test/server.ts';
import { openBrowser } from './open-browser.ts';
import { setUpAdmin } from './sign-in.ts';

const { url, pool } = await freshDatabase();
const browser = await openBrowser();
afterAll(() => browser.close());

it('makes good what a lost queue has left unsettled: tried as a table, then posted, then counted', async () => {
  const off = await start({ attributionEnabled: false });
  await sell(off.address);
  await off.stop();
  await pool.query('delete from graphile_worker._private_jobs');
  const on = await start({ attributionEnabled: true });
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  page.setDefaultTimeout(15_000);
  await setUpAdmin(page, on.address);

  await page.goto(`${on.address}/backfills`);
  await page.getByRole('button', { name: 'See what would move' }).click();
  await page.getByRole('heading', { name: 'What a backfill would move' }).waitFor();
  await page
    .getByRole('row', { name: /Reels.*0\.00.*150\.00.*150\.00/ })
    .first()
    .waitFor();
  expect(await credits(on.address)).toBe(0);

  await page.getByRole('button', { name: 'Post it: change 3 orders' }).click();
  await page.getByRole('heading', { name: 'Backfill', exact: true }).waitFor();
  await page.getByText('Entries posted').waitFor();
  await page
    .getByRole('row', { name: /Reels.*150\.00/ })
    .first()
    .waitFor();
  await page.goto(`${on.address}/leaderboard`);
  await page.getByRole('row', { name: /Reels.*150\.00/ }).waitFor();
  await on.stop();
});

async function start(more: { attributionEnabled: boolean }) {
  const settings = { ...testSettings, ...more, databaseUrl: url };
  return await startInstallation(settings);
}

async function sell(address: string): Promise<void> {
  const product = await send(address, '/products', { external_id: 'P1', name: 'Linen Shirt' });
  const campaign = await send(address, '/campaigns', {
    name: 'Reels',
    platform: 'instagram',
    activate: true,
  });
  await send(address, `/campaigns/${campaign.id}/products`, { product_ids: [product.id] });
  for (const n of [1, 2, 3]) {
    await send(address, '/orders', {
      external_id: `O${n}`,
      currency: 'EUR',
      ordered_at: new Date().toISOString(),
      status: 'confirmed',
      lines: [{ product: { external_id: 'P1' }, quantity: 1, unit_price: 50 }],
    });
  }
}

async function credits(address: string): Promise<number> {
  const { data } = await ask(address, '/reports/leaderboard');
  return data.length;
}

async function send(address: string, path: string, body: unknown) {
  return (await ask(address, path, body)).data;
}

async function ask(address: string, path: string, body?: unknown): Promise<ReturnType<typeof JSON.parse>> {
  const response = await fetch(`${address}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${testSettings.adminKey}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return await response.json();
}
