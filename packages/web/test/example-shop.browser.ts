import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { runExampleShop } from './run-example-shop.ts';
import { setUpAdmin } from './sign-in.ts';
import { startDashboard } from './start-dashboard.ts';

const dayMs = 86_400_000;
let daysAgo = 20;
const dashboard = await startDashboard({
  settings: {
    models: [
      ...['last_touch', 'first_touch', 'linear', 'position_based', 'time_decay', 'last_non_direct'],
      ...['reported', 'product_split'],
    ],
  },
  clock: { now: () => new Date(Date.now() - daysAgo * dayMs) },
});
const { address, send, settled } = dashboard;
const shop = await runExampleShop(address);
const browser = await openBrowser();
afterAll(() => browser.close());

// A person's: a headless browser says that it is one, and bots earn nothing.
const visitor = await browser.newContext({
  userAgent:
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
});
visitor.setDefaultTimeout(15_000);
const told: string[] = [];
visitor.on('response', (response) => {
  const what = /\/api\/v1\/campaigns\/(.+)$/.exec(response.url())?.[1];
  if (what !== undefined) told.push(`${what} ${response.status()}`);
});

let order: { id: string };

it('follows a buyer from the link of a post over days and another link to the order', async () => {
  let page = await visitor.newPage();
  await page.goto(shop.reel.short);
  await page.getByRole('heading', { name: 'Linen dress' }).waitFor();
  expect(page.url()).not.toContain('ts_session');
  await heard('track-visit 200');
  await page.getByRole('link', { name: 'Scarf' }).click();
  await heard('track-visit 200', 'update-activity 200');
  const session = await page.evaluate(`touchstone.session()`);
  await page.close();

  daysAgo = 10;
  told.length = 0;
  page = await visitor.newPage();
  await page.goto(shop.letter.short);
  await heard('track-visit 200');
  await page.close();

  daysAgo = 3;
  told.length = 0;
  page = await visitor.newPage();
  await page.goto(`${shop.address}/dress`);
  await heard('track-visit 200');
  expect(await page.evaluate(`touchstone.session()`)).toBe(session);

  daysAgo = 0;
  await page.getByRole('link', { name: 'Buy it' }).click();
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('How did you hear of us?').selectOption('On Instagram');
  await page.getByRole('button', { name: /Order/ }).click();
  await page.getByText(/Thank you/).waitFor();
  await heard('track-visit 200', 'update-activity 200', 'identify 200');
  await page.close();
  await settled();
  [order] = await send('/orders');
});

// 89.90 and 4.90 for shipping. The touches lie 10 days apart: by half-lives of 7 days, 1 : 2^(10/7).
const reel = 'Summer reel';
const letter = 'Autumn letter';
const credits: [model: string, label: string, credit: Record<string, number>][] = [
  ['last_touch', 'Last touch', { [letter]: 94.8 }],
  ['first_touch', 'First touch', { [reel]: 94.8 }],
  ['linear', 'Linear', { [reel]: 47.4, [letter]: 47.4 }],
  ['position_based', 'Position based', { [reel]: 47.4, [letter]: 47.4 }],
  ['time_decay', 'Time decay', { [reel]: 25.68, [letter]: 69.12 }],
  ['last_non_direct', 'Last non-direct', { [letter]: 94.8 }],
  ['reported', 'As reported', { [reel]: 94.8 }],
];

describe('the credit of the order', () => {
  it.each(credits)('under %s is right to the cent, and adds up line by line', async (model, _, credit) => {
    const rows: { name: string; revenue: number }[] = await send(`/reports/leaderboard?model=${model}`);
    expect(Object.fromEntries(rows.map(({ name, revenue }) => [name, revenue]))).toEqual(credit);

    const { entries, path } = await send(`/orders/${order.id}/explain`);
    const posted = entries.filter((entry: { model: string }) => entry.model === model);
    const lines = new Map<number, number>();
    for (const { line_no, revenue } of posted)
      lines.set(line_no, (lines.get(line_no) ?? 0) + Math.round(revenue * 100));
    expect(Object.fromEntries(lines)).toEqual({ 0: 490, 1: 8990 });
    const share = path.shares.find((each: { model: string }) => each.model === model);
    expect(share.arithmetic).toContain('94.80 EUR');
  });
});

describe('the dashboard', () => {
  let page: Page;

  it.each(credits)('explains %s', async (model, label, credit) => {
    if (page === undefined) {
      page = await (await browser.newContext({ locale: 'en-US' })).newPage();
      page.setDefaultTimeout(15_000);
      await setUpAdmin(page, address);
    }
    await page.goto(`${address}/orders/${order.id}?model=${model}`);
    const whole = page.getByRole('article', { name: 'The whole order' });
    await whole.getByText('€94.80').first().waitFor();
    expect(await page.getByLabel('Attribution model').inputValue()).toBe(model);
    const ledger = whole.getByRole('region', { name: 'Ledger' });
    for (const [name, amount] of Object.entries(credit)) {
      await ledger.getByText(name).first().waitFor();
      await whole.getByText(amount.toFixed(2)).first().waitFor();
    }
    await page.goto(`${address}/leaderboard?model=${model}`);
    await page.getByText(label, { exact: true }).first().waitFor({ state: 'attached' });
    for (const [name, amount] of Object.entries(credit)) {
      await page.getByRole('row', { name: new RegExp(`${name}.*${amount.toFixed(2)}`) }).waitFor();
    }
  });

  it('tells what each touch brought, line by line', async () => {
    await page.goto(`${address}/orders/${order.id}?model=linear`);
    const decision = page.getByRole('region', { name: 'Decision' });
    for (const name of [reel, letter]) {
      const touch = decision.getByRole('listitem').filter({ hasText: name }).first();
      await touch.getByText('€47.40').waitFor();
      await touch.getByText('50.0% of the path’s weight, by line').click();
      await touch.getByText('€44.95').waitFor();
      await touch.getByRole('listitem').filter({ hasText: 'Shipping and tax' }).getByText('€2.45').waitFor();
    }
    await decision.getByText('94.80 EUR = 47.40 (Summer reel) + 47.40 (Autumn letter)').waitFor();
  });

  it('shows the visits of each campaign', async () => {
    await page.goto(`${address}/campaigns`);
    await page.getByRole('link', { name: reel }).click();
    await page.getByRole('tab', { name: 'Visits' }).click();
    await page.getByText('Mobile').waitFor();
    await page.getByText('100.0% · 1').first().waitFor();
  });
});

/** Until the server has answered these, whatever their order, and nothing else. */
async function heard(...all: string[]): Promise<void> {
  await expect.poll(() => [...told].sort(), { timeout: 10_000 }).toEqual([...all].sort());
}
