import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { openShop } from './open-shop.ts';
import { shopPages } from './shop-pages.ts';
import { setUpAdmin } from './sign-in.ts';
import { startDashboard } from './start-dashboard.ts';
import { overflowOf, settle, violationsOf } from './violations.ts';

const models = ['product_full', 'product_split', 'last_touch'];
const dashboard = await startDashboard({ settings: { models } });
const shop = await openShop(dashboard);
const browser = await openBrowser();
afterAll(() => browser.close());

const first = await browser.newContext();
await setUpAdmin(await first.newPage(), dashboard.address);
const storageState = await first.storageState();
const pages = shopPages(shop);

const looks = [
  { name: 'on a desk, light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'on a phone, dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { name: 'on a desk, dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { name: 'on a phone, light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
] as const;

describe.each(looks)('every page $name', async ({ viewport, colorScheme }) => {
  const context = await browser.newContext({ viewport, colorScheme, storageState, locale: 'en-US' });
  const page = await context.newPage();

  it.each(pages)('%s can be used by everybody and fits', async (_, path) => {
    await visit(page, path);
    expect(await violationsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  });
});

describe('dialogs', () => {
  const dialogs: [string, string, (page: Page) => Promise<void>][] = [
    ['date range', '/', (page) => page.getByRole('button', { name: /Last 30 days/ }).click()],
    ['view options', '/', (page) => page.getByRole('button', { name: /Europe\/Berlin/ }).click()],
    ['search', '/', (page) => page.keyboard.press('/')],
    [
      'status',
      `/campaigns/${shop.creators.id}`,
      (page) => page.getByRole('button', { name: 'Pause' }).click(),
    ],
    [
      'targets',
      `/campaigns/${shop.creators.id}?tab=targets`,
      (page) => page.getByRole('button', { name: 'Add products' }).click(),
    ],
    [
      'removing a target',
      `/campaigns/${shop.creators.id}?tab=targets`,
      (page) =>
        page
          .getByRole('button', { name: /^Remove/ })
          .first()
          .click(),
    ],
    ['new user', '/settings/users', (page) => page.getByRole('button', { name: 'New user' }).click()],
    ['new site key', '/tracking', (page) => page.getByRole('button', { name: 'New site key' }).click()],
    ['new partner', '/partners', (page) => page.getByRole('button', { name: 'New partner' }).click()],
    ['new key', '/settings/keys', (page) => page.getByRole('button', { name: 'New key' }).click()],
  ];
  it.each(dialogs)('%s can be used by everybody', async (_, path, act) => {
    for (const { viewport, colorScheme } of looks.slice(0, 2)) {
      const context = await browser.newContext({ viewport, colorScheme, storageState, locale: 'en-US' });
      const page = await context.newPage();
      await visit(page, path);
      await act(page);
      await page.getByRole('dialog').waitFor();
      await settle(page);
      expect(await violationsOf(page)).toEqual([]);
      await context.close();
    }
  });
});

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${dashboard.address}${path}`);
  await settle(page);
}
