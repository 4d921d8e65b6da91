import { afterAll, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { setUpAdmin } from './sign-in.ts';
import { startDashboard } from './start-dashboard.ts';

const { address } = await startDashboard();
const browser = await openBrowser();
afterAll(() => browser.close());
const context = await browser.newContext({
  locale: 'en-US',
  permissions: ['clipboard-read', 'clipboard-write'],
});
const page = await context.newPage();
page.setDefaultTimeout(15_000);

it('sets tracking up: a site key, the line to copy, and a key taken out of use', async () => {
  await setUpAdmin(page, address);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tracking' }).click();
  await page.getByText('No site key yet').waitFor();
  await page.getByRole('button', { name: 'New site key' }).click();
  await page.keyboard.type('Shop');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /Shop.*tss_/ }).waitFor();

  await page.getByRole('button', { name: 'Copy the line' }).click();
  const line = String(await page.evaluate(`navigator.clipboard.readText()`));
  expect(line).toMatch(
    new RegExp(`^<script defer src="${address}/t\\.js" data-key="tss_[\\w-]+"></script>$`),
  );
  await page.getByLabel('Ask visitors for consent first').check();
  await page.getByText('touchstone.consent(true)').waitFor();
  await page.getByText('data-consent="required"').waitFor();
  expect((await page.request.get(`${address}/t.js`)).headers()['content-type']).toContain('javascript');

  await page.getByRole('button', { name: 'Revoke Shop' }).click();
  await page.getByRole('row', { name: /Shop.*out of use/ }).waitFor();
  await page.getByText('No site key yet').waitFor();
});
