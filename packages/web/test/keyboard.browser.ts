import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { keyboardOf } from './keyboard.ts';
import { openBrowser } from './open-browser.ts';
import { admin } from './sign-in.ts';
import { startDashboard } from './start-dashboard.ts';

const { address, send, settled } = await startDashboard();
const browser = await openBrowser();
afterAll(() => browser.close());
const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
page.setDefaultTimeout(15_000);
const { choose, press, reach, type } = keyboardOf(page);

it('is set up, filled, started, read and left by the keyboard alone', async () => {
  await page.goto(address);
  await page.getByRole('heading', { name: 'Create the first admin' }).waitFor();
  await type('Name', admin.name);
  await type('Email', admin.email);
  await type('Password', admin.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();

  await send('/products', { method: 'POST', body: { external_id: 'P1', sku: 'S-1', name: 'Linen Shirt' } });
  await press('Create a campaign');
  await page.getByRole('heading', { name: 'New campaign' }).waitFor();
  await type('Name', 'Spring Reels');
  await reach('Platform');
  await page.keyboard.type('Insta');
  await page.getByRole('option', { name: 'Instagram' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await press('Create the draft');
  await page.getByRole('heading', { name: 'Spring Reels' }).waitFor();

  await press('Add products');
  await page.getByRole('dialog').waitFor();
  await reach('Products');
  await page.keyboard.type('Linen');
  await page.getByRole('option', { name: /Linen Shirt/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await press('Add 1 product');
  await page.getByRole('link', { name: 'Linen Shirt' }).waitFor();
  await press('Start');
  await page.getByText(/It runs from its start on/).waitFor();
  await press('Start');
  await page.getByRole('button', { name: 'Pause' }).waitFor();

  const [bought, returned] = [await order('A-1', '#1', '40.00'), await order('A-2', '#2', '25.00')];
  await settled();
  await open('#1');
  await page.getByText('Credited to Spring Reels.').waitFor();
  await page.getByText('40.00 EUR to the one that matched').waitFor();
  await open('#2');
  await page.getByText('Credited to Spring Reels.').waitFor();
  await send(`/orders/${returned.id}/status`, { method: 'PATCH', body: { status: 'cancelled' } });
  await settled();
  await page.reload();
  await page
    .getByText(/an order that is cancelled carries no credit now/)
    .first()
    .waitFor();
  expect(bought.status).toBe('confirmed');

  await press('Leaderboard');
  await page.getByRole('heading', { name: 'Leaderboard' }).waitFor();
  await page.getByRole('row', { name: /Spring Reels.*40\.00/ }).waitFor();
  await press('Orders', 'columnheader');
  await page.waitForURL(/sort=-orders/);
  await press(/Last 30 days/);
  await page.getByRole('dialog').waitFor();
  await press('Yesterday');
  await page.waitForURL(/range=yesterday/);
  await page.getByText('No campaign earned or cost anything in this range').waitFor();

  await press('Model comparison');
  await page.getByRole('heading', { name: 'Model comparison' }).waitFor();
  await press(/Yesterday/);
  await page.getByRole('dialog').waitFor();
  await press('Last 30 days');
  await page.getByRole('row', { name: /Spring Reels.*40\.00/ }).waitFor();
  const download = page.waitForEvent('download');
  await press('CSV');
  expect(readFileSync(await (await download).path(), 'utf8')).toMatch(/^Spring Reels,instagram,40,40,0/m);

  await press('Account');
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).waitFor();
  await choose('Sign out');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
});

it('lets the keyboard skip the navigation', async () => {
  await page.goto(`${address}/sign-in`);
  await type('Email', admin.email);
  await type('Password', admin.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('content');
});

async function order(external_id: string, order_number: string, unit_price: string) {
  const body = {
    external_id,
    order_number,
    currency: 'EUR',
    ordered_at: new Date().toISOString(),
    status: 'confirmed',
    lines: [{ product: { external_id: 'P1' }, quantity: 1, unit_price }],
  };
  return await send('/orders', { method: 'POST', body });
}

/** Finds an order: from anywhere, a slash opens the search. */
async function open(number: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type(number);
  await page.getByRole('option', { name: new RegExp(number) }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Order ${number}` }).waitFor();
}
