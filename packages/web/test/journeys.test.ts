import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { openShop } from './open-shop.ts';
import { complaintsOf, setUpAdmin } from './sign-in.ts';
import { startDashboard } from './start-dashboard.ts';

const dashboard = await startDashboard();
const { address, send, settled } = dashboard;
const browser = await openBrowser();
afterAll(() => browser.close());
const context = await browser.newContext({
  locale: 'en-US',
  timezoneId: 'Europe/Berlin',
  viewport: { width: 1440, height: 900 },
});
context.setDefaultTimeout(15_000);
const complaints = complaintsOf(context);
const page = await context.newPage();

const button = (name: string | RegExp, within: Page = page) => within.getByRole('button', { name });
const visible = (text: string | RegExp) => page.getByText(text).first().waitFor();

describe('from an empty installation to a credited sale', () => {
  it('lets the first visitor become the first admin, and only the first', async () => {
    await setUpAdmin(page, address);
    await visible('Nothing is promoted yet');
    await page.goto(`${address}/set-up`);
    await page.getByLabel('Name').fill('Eve');
    await page.getByLabel('Email').fill('eve@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('another three words');
    await button('Create and sign in').click();
    await visible(/has its first user already/);
    complaints.length = 0;
  });

  it('takes a campaign from a draft over its products to running, saying what each step does', async () => {
    await send('/products', {
      method: 'POST',
      body: { external_id: 'SHIRT', sku: 'S-1', name: 'Linen Shirt', cost: 12 },
    });
    await page.goto(`${address}/campaigns`);
    await page.getByRole('link', { name: 'New campaign' }).click();
    await button('Create the draft').click();
    await visible('Give it a name');
    await page.getByLabel('Name').fill('Spring Reels');
    await page.getByRole('combobox', { name: 'Platform' }).click();
    await page.getByRole('option', { name: 'Instagram' }).click();
    await button('Create the draft').click();

    await page.getByRole('heading', { name: 'Spring Reels' }).waitFor();
    await button('Add products').click();
    await page.getByText('Paste SKUs').click();
    await page.getByLabel('SKUs, ids or names').fill('S-1\nS-404');
    await visible('1 not found');
    await visible(/sales of 1 product credit this campaign/);
    await visible('0 past orders change.');
    await button('Add 1 product').click();
    await page.getByRole('link', { name: 'Linen Shirt' }).waitFor();

    await button('Start').click();
    await visible(/It runs from its start on/);
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
    await button('Pause').waitFor();
  });

  it('credits an order that arrives by the API, explains it, and takes the credit back when it is cancelled', async () => {
    const order = await send('/orders', {
      method: 'POST',
      body: {
        external_id: 'A-1',
        order_number: '#1',
        currency: 'EUR',
        ordered_at: new Date().toISOString(),
        status: 'confirmed',
        lines: [{ product: { external_id: 'SHIRT' }, quantity: 2, unit_price: '50.00' }],
      },
    });
    await settled();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Leaderboard' }).click();
    await page.getByRole('row', { name: /Spring Reels.*100\.00.*76\.00/ }).waitFor();

    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await page.getByRole('link', { name: '#1' }).click();
    await visible('Credited to Spring Reels.');
    await visible('100.00 EUR to the one that matched');
    await page.getByRole('region', { name: 'Ledger', exact: true }).getByText('€100.00').waitFor();

    await send(`/orders/${order.id}/status`, { method: 'PATCH', body: { status: 'cancelled' } });
    await settled();
    await page.reload();
    await visible(/an order that is cancelled carries no credit now/);
    await page.getByRole('region', { name: 'Ledger', exact: true }).getByText('€0.00').waitFor();
    await page.goto(`${address}/leaderboard`);
    await visible('No campaign earned or cost anything in this range');
  });
});

describe('with a shop that has a past', () => {
  it('compares models, sorts in the address, and exports what is shown as CSV', async () => {
    await openShop(dashboard);
    await page.goto(`${address}/comparison?range=90d`);
    await page.getByRole('row', { name: /Brand Search/ }).waitFor();
    await visible('reach, does not add up');
    await page.getByRole('columnheader', { name: 'Campaign' }).getByRole('button').click();
    await page.waitForURL(/sort=name/);
    await page.reload();
    const first = page.getByRole('rowheader').first();
    await first.waitFor();
    expect(await first.textContent()).toBe('Brand Search');

    const download = page.waitForEvent('download');
    await button('CSV').click();
    const csv = readFileSync(await (await download).path(), 'utf8');
    const [header, ...rows] = csv.trim().split('\r\n');
    expect(header).toBe('Campaign,Platform,"Product, split (EUR)","Product, full (EUR)",Difference');
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatch(/^Brand Search,google,\d+\.?\d*,\d+\.?\d*,/);
  });

  it('tries a backfill, and posts nothing where the ledger already agrees', async () => {
    await page.goto(`${address}/backfills`);
    await button('See what would move').click();
    await visible('No credit moves');
    expect(await button(/Post it/).count()).toBe(0);
    await visible('completed');
  });

  it('asks why of a number: from the leaderboard to a campaign, its orders, and one order', async () => {
    await page.goto(`${address}/leaderboard?range=90d`);
    await page.getByRole('link', { name: 'Creators' }).click();
    await page.getByRole('tab', { name: 'Credited orders' }).click();
    await page.getByRole('link', { name: /^#10/ }).first().click();
    await page.getByRole('heading', { name: /^Order #10/ }).waitFor();
    await page.getByRole('region', { name: 'Decision' }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('range')).toBe('90d');
  });

  it('never complained', () => {
    expect(complaints).toEqual([]);
  });
});
