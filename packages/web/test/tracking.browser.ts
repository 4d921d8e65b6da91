import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { setUpAdmin } from './sign-in.ts';
import { startDashboard } from './start-dashboard.ts';

let line = '';
const shop = await serveShop();
const { address } = await startDashboard();
const browser = await openBrowser();
afterAll(() => browser.close());
const context = await browser.newContext({
  locale: 'en-US',
  permissions: ['clipboard-read', 'clipboard-write'],
});
const page = await context.newPage();
const userAgent =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
page.setDefaultTimeout(15_000);

it('sets tracking up: a site key, the line to copy, the first visit seen to arrive, a key taken out of use', async () => {
  await setUpAdmin(page, address);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tracking' }).click();
  await page.getByText('No site key yet').waitFor();
  await page.getByRole('button', { name: 'New site key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Shop');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /Shop.*tss_/ }).waitFor();

  await page.getByRole('button', { name: 'Copy the line' }).click();
  line = String(await page.evaluate(`navigator.clipboard.readText()`));
  expect(line).toMatch(
    new RegExp(`^<script defer src="${address}/t\\.js" data-key="tss_[\\w-]+"></script>$`),
  );
  await page.getByLabel('Ask visitors for consent first').check();
  await page.getByText('touchstone.consent(true)').waitFor();
  await page.getByText('data-consent="required"').waitFor();
  expect((await page.request.get(`${address}/t.js`)).headers()['content-type']).toContain('javascript');

  await page.getByText('Waiting for the first visit …').waitFor();
  const visitor = await (await browser.newContext({ userAgent })).newPage();
  await visitor.goto(`${shop}/dress?utm_source=instagram&utm_campaign=UNKNOWN`);
  await page.getByText('It works: visits arrive.').waitFor();
  await page.getByText(/to \/dress by social/).waitFor();
  await page.getByRole('link', { name: 'Who is there now' }).click();
  await page.getByRole('status').getByText('1 visit now').waitFor();
  await page.getByRole('row', { name: /Social.*\/dress.*Mobile/ }).waitFor();
  await page.getByText('30 min').click();
  await page.waitForURL(/minutes=30/);
  await page.goto(`${address}/tracking`);

  await page.getByRole('button', { name: 'Revoke Shop' }).click();
  await page.getByRole('row', { name: /Shop.*out of use/ }).waitFor();
  await page.getByText('No site key yet').waitFor();
});

/** A shop whose every page has the line in it. */
async function serveShop(): Promise<string> {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Shop</title>${line}`),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
