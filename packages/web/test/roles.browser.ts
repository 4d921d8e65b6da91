import { afterAll, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { openShop } from './open-shop.ts';
import { startDashboard } from './start-dashboard.ts';

const dashboard = await startDashboard();
const { address, send } = dashboard;
const shop = await openShop(dashboard);
const browser = await openBrowser();
afterAll(() => browser.close());

const roles: [role: string, scope: string[] | undefined, sees: string[]][] = [
  ['admin', undefined, ['Overview', 'Health', 'Backfill', 'Settings']],
  ['marketing_manager', undefined, ['Overview', 'Campaigns', 'Health']],
  ['analyst', undefined, ['Overview', 'Health', 'Backfill']],
  ['advertiser', ['House'], ['Overview', 'Campaigns', 'Orders']],
  ['brand', ['House'], ['Overview', 'Campaigns', 'Orders']],
  ['retailer', ['Corner Shop'], ['Orders', 'Products', 'Email', 'Retailers', 'Partners']],
  ['moderator', undefined, ['Settings']],
];

it.each(roles)('shows %s what they may see, and nothing that is refused them', async (role, scope, sees) => {
  const email = `${role}@example.com`;
  const { password } = await send('/users', {
    method: 'POST',
    body: { email, name: role, role, ...(scope && { owner_scope: scope }) },
  });
  const context = await browser.newContext({ locale: 'en-US' });
  context.setDefaultTimeout(15_000);
  const refused: string[] = [];
  context.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
  });
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const navigation = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await navigation.first().waitFor();
  const labels = await navigation.allTextContents();
  expect(labels).toEqual(expect.arrayContaining(sees));

  const addresses = await navigation.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  if (labels.includes('Campaigns'))
    addresses.push(`/campaigns/${shop.launch.id}`, `/campaigns/${shop.creators.id}?tab=emails`);
  for (const path of addresses) {
    await page.goto(`${address}${path}`);
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle');
  }
  expect(refused).toEqual([]);
  await context.close();
});
