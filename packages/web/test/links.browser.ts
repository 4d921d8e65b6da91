import { afterAll, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { openShop } from './open-shop.ts';
import { complaintsOf, setUpAdmin } from './sign-in.ts';
import { startDashboard } from './start-dashboard.ts';

const dashboard = await startDashboard({ settings: { models: ['product_split', 'last_touch'] } });
const { address } = dashboard;
const shop = await openShop(dashboard);
const browser = await openBrowser();
afterAll(() => browser.close());
const context = await browser.newContext({
  locale: 'en-US',
  permissions: ['clipboard-read', 'clipboard-write'],
});
const complaints = complaintsOf(context);
const page = await context.newPage();
page.setDefaultTimeout(15_000);
const clipboard = async () => String(await page.evaluate(`navigator.clipboard.readText()`));

it('builds the link of a campaign by the keyboard: tagged, short, drawn, and kept as a template', async () => {
  await setUpAdmin(page, address);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Link builder' }).click();
  await page.getByRole('combobox', { name: 'Campaign' }).focus();
  await page.keyboard.type('Creators');
  await page.getByRole('option', { name: /Creators/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText(`${address}/r/TIKTOK_CREATORS_01`, { exact: true }).waitFor();

  await page.getByLabel('Content').focus();
  await page.keyboard.type('{type}-blue');
  const tagged =
    'https://shop.example/shoe?utm_source=tiktok&utm_medium=social&utm_campaign=TIKTOK_CREATORS_01&utm_content=campaign-blue';
  await page.getByText(tagged, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Copy the tagged link' }).focus();
  await page.keyboard.press('Enter');
  expect(await clipboard()).toBe(tagged);
  await page.getByRole('button', { name: 'Copy the short link' }).click();
  const short = await clipboard();
  const reply = await context.request.get(short, { maxRedirects: 0 });
  expect(reply.status()).toBe(302);
  expect(reply.headers().location).toContain('utm_content=campaign-blue');

  const code = page.getByRole('img', { name: `QR code of ${short}` });
  expect(
    await code.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
  ).toBeGreaterThan(0);
  for (const ending of ['SVG', 'PNG']) {
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: ending }).click();
    expect((await saved).suggestedFilename()).toBe(`TIKTOK_CREATORS_01.${ending.toLowerCase()}`);
  }

  await page.getByRole('button', { name: 'Keep as a template' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Blue ones');
  await page.keyboard.press('Enter');
  await page.waitForURL(/utm_template_id=/);
  await page.goto(`${address}/links?campaign=${shop.reels.id}`);
  await page.getByText('This campaign has no landing page').waitFor();
  await page.getByRole('combobox', { name: 'Template' }).press('ArrowDown');
  await page.getByRole('option', { name: 'Blue ones' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/utm_template_id=/);

  await page.getByRole('button', { name: 'Change the template' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Green ones');
  await page.getByRole('dialog').getByLabel('Content').fill('green');
  await page.keyboard.press('Enter');
  await page.getByText('Green ones is changed').waitFor();
  await page.getByRole('button', { name: 'Delete the template' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
  await page.getByText('Green ones is deleted').waitFor();
  await page.getByRole('combobox', { name: 'Template' }).waitFor({ state: 'detached' });
  expect(page.url()).not.toContain('utm_template_id');
  expect(complaints).toEqual([]);
});

it('says whether one campaign converts better than another, and shows the paths of orders', async () => {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Compare', exact: true })
    .click();
  for (const name of ['Creators', 'Brand Search']) {
    await page.getByRole('combobox', { name: 'Campaigns' }).focus();
    await page.keyboard.type(name);
    await page.getByRole('option', { name: new RegExp(name) }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await page
    .getByRole('status')
    .getByText(/more visits each|converts better|Cannot be compared/)
    .waitFor();
  await page.goto(`${address}/paths?range=90d`);
  await page
    .getByRole('row', { name: /Creators.*Brand Search/ })
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});

it('shows the visits of a campaign as figures, on a map and beside it as a table, and the orders they led to', async () => {
  await page.goto(`${address}/campaigns/${shop.creators.id}?tab=visits&range=90d`);
  await page.getByRole('row', { name: /Germany.*4.*33\.3%/ }).waitFor();
  await page
    .getByRole('img', { name: /A map of the world.*most from/ })
    .locator('path')
    .first()
    .waitFor();
  // That of the shop's past, and the short link that this test followed by a program.
  await page.getByText('Clicks kept apart and never credited: 2 of bots.').waitFor();
  await page.getByText('50.0% · 6').first().waitFor();
  await page.getByRole('tab', { name: 'Conversions' }).click();
  await page
    .getByRole('row', { name: /#10\d\d.*(day|hour)/ })
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});
