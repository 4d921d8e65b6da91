import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { buildEmailCampaign } from './build-email-campaign.ts';
import { keyboardOf } from './keyboard.ts';
import { openBrowser } from './open-browser.ts';
import { complaintsOf, setUpAdmin } from './sign-in.ts';
import { startDashboard } from './start-dashboard.ts';
import { overflowOf, settle, violationsOf } from './violations.ts';

const dashboard = await startDashboard();
const { address, send } = dashboard;
const browser = await openBrowser();
afterAll(() => browser.close());
const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
context.setDefaultTimeout(15_000);
const complaints = complaintsOf(context);
const page = await context.newPage();

const asked = 'from=2025-01-14&to=2025-02-14&currency=USD';
const article = page.getByRole('article', { name: 'Marco Bicego New 2025 Campaign' });
const region = (name: string) => page.getByRole('region', { name, exact: true });
const cell = (name: RegExp) => page.getByRole('row', { name });

describe('before anything is mailed', () => {
  it('teaches what will be here and the lines that bring it', async () => {
    await setUpAdmin(page, address);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Email' }).click();
    await page.getByText('Nothing has been mailed yet').waitFor();
    await page.getByText('touchstone import sends sends.csv').waitFor();
    await page.goto(`${address}/partners`);
    await page.getByText('No partners yet').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });
});

describe('the sample campaign', async () => {
  let sample: Awaited<ReturnType<typeof buildEmailCampaign>>;

  it('returns 23.9 % at a ROAS of 1.24 and is Standard, as a card and in the table', async () => {
    sample = await buildEmailCampaign(dashboard);
    await page.goto(`${address}/email?${asked}`);
    await article.waitFor();
    expect((await article.textContent())?.replaceAll(/\s+/g, ' ')).toMatch(
      /3 mailings.*Sent900.*Revenue\$41\.5K.*ROI23\.9%TierStandard/,
    );
    await page.getByText('1.24', { exact: true }).waitFor();

    await page.getByText('Table', { exact: true }).first().click();
    await page.waitForURL(/view=table/);
    await cell(
      /Marco Bicego New 2025 Campaign.*900.*41,500\.00.*23\.9%.*1\.24.*Standard.*33,500\.00/,
    ).waitFor();
    await page.reload();
    await cell(/41,500\.00/)
      .first()
      .waitFor();

    await page.getByRole('combobox', { name: 'Status of the campaign' }).click();
    await page.getByRole('option', { name: 'draft' }).click();
    await page.getByText('No campaign that mails has this status').waitFor();
  });

  it('is drawn as a funnel that keeps people and machines apart, with its table', async () => {
    await page.goto(`${address}/email?${asked}`);
    const { data: steps } = { data: await send(`/reports/email/funnel?${asked}`) };
    const [sent, delivered, opened] = steps;
    const drawn = region('Funnel').getByRole('list', { name: 'Steps of the funnel' });
    await drawn.waitFor();
    const text = (await drawn.textContent())?.replaceAll(/\s+/g, ' ');
    expect(text).toContain(`Sent${sent.count}`);
    expect(text).toContain(`${delivered.of_previous.toFixed(1)}% of sent`);
    expect(text).toContain(`Openedand 1 by machines only · ${opened.count}`);
    await region('Funnel')
      .getByRole('row', { name: /^Sold 30/ })
      .waitFor();
  });

  it('says in words whether a subject line was better, and what mails sold beside other orders', async () => {
    await region('Subject lines')
      .getByText(/was opened most, by \d+\.\d%/)
      .waitFor();
    await page.getByLabel('Compared by').selectOption('click_rate');
    await region('Subject lines')
      .getByText(/was clicked most, by \d+\.\d%/)
      .waitFor();
    await page.waitForURL(/subjects=click_rate/);
    await region('Product categories').getByText('Necklaces').waitFor();
    await region('By mail and otherwise').getByText('A campaign, without a mail').waitFor();
    await page.getByLabel('What is drawn').selectOption('revenue');
    await page.getByRole('img', { name: /^Revenue by/ }).waitFor();
  });

  it('names the recipients of a mailing, and what became of each, machines marked', async () => {
    await article.getByRole('link').click();
    await page.getByRole('tab', { name: 'Emails', selected: true }).waitFor();
    await region('Mailings')
      .getByRole('link', { name: /Introducing/ })
      .click();
    await page.waitForURL(/mailing=/);
    await region('Recipients').getByText('1–25 of 200').waitFor();
    await page.getByRole('button', { name: /200 are loaded: load more/ }).click();
    await region('Recipients').getByText('1–25 of 300').waitFor();

    await page.getByRole('combobox', { name: 'Status of the mail' }).click();
    await page.getByRole('option', { name: 'bounced' }).click();
    await page.waitForURL(/send_status=bounced/);
    await cell(/bounced.*mailbox unavailable/)
      .first()
      .waitFor();

    await page.goto(
      `${address}/campaigns/${sample.campaign.id}?${asked}&tab=emails&recipient=${sample.unread.recipient_email}`,
    );
    await region('Mailings')
      .getByRole('link', { name: /Introducing/ })
      .click();
    await cell(/delivered.*opened/)
      .getByRole('link')
      .click();
    const history = page.getByRole('dialog');
    await history.getByRole('row', { name: /opened by a machine: Apple’s privacy proxy/ }).waitFor();
    await settle(page);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await history.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).searchParams.has('send')).toBe(false);
  });

  it('ranks retailers by any figure, of a region alone too, and exports what is shown', async () => {
    await page.goto(`${address}/email/retailers?${asked}`);
    await cell(/Cartier Rodeo Drive.*8,500\.00/).waitFor();
    expect(await page.getByRole('rowheader').first().textContent()).toBe('Cartier Rodeo Drive');
    await region('Regions').getByRole('link', { name: 'East' }).click();
    await cell(/Betteridge NY.*7,200\.00/).waitFor();
    await page.getByText('5 rows').waitFor();
    await page.getByRole('combobox', { name: 'Rank by' }).click();
    await page.getByRole('option', { name: 'By open rate' }).click();
    await page.waitForURL(/figure=open_rate/);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).first().click();
    const csv = readFileSync(await (await download).path(), 'utf8');
    expect(csv.split('\r\n')[0]).toBe(
      'Retailer,Region,Open rate,Revenue (USD),Sent,Click rate,Delivered,Sales,Average order (USD),Leads',
    );
    expect(csv.trim().split('\r\n')).toHaveLength(6);
  });

  it.each(['light', 'dark'] as const)(
    'can be used by everybody, at a desk and on a phone, %s',
    async (colorScheme) => {
      const storageState = await context.storageState();
      for (const viewport of [
        { width: 1440, height: 900 },
        { width: 390, height: 844 },
      ]) {
        const looks = await browser.newContext({ viewport, colorScheme, storageState, locale: 'en-US' });
        const looked = await looks.newPage();
        for (const path of [
          '/email',
          '/email/retailers',
          '/partners',
          `/campaigns/${sample.campaign.id}?tab=emails`,
        ]) {
          await looked.goto(`${address}${path}${path.includes('?') ? '&' : '?'}${asked}`);
          await settle(looked);
          expect([path, await violationsOf(looked)]).toEqual([path, []]);
          expect([path, await overflowOf(looked)]).toEqual([path, 0]);
        }
        await looks.close();
      }
    },
  );
});

describe('a partner', () => {
  const { press, reach, type } = keyboardOf(page);

  it('is entered and changed by the keyboard alone, with its faults told where they are', async () => {
    await page.goto(`${address}/partners`);
    await cell(/Betteridge NY/).waitFor();
    await press('New partner');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('What it is called').waitFor();
    await page.keyboard.type('betteridge ny');
    await type('Email', 'nowhere');
    await page.getByText('An email address').waitFor();
    await page.keyboard.type('@betteridge.example');
    await press('Create');
    await page
      .getByRole('alert')
      .getByText(/Another retailer has this name/)
      .waitFor();
    await reach('Name');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Betteridge Vail');
    await type('Region', 'Mountains');
    await type('Also called', 'B-77');
    await page.keyboard.press('Enter');
    await press('Create');
    await cell(/Betteridge Vail.*retailer.*Mountains.*B-77.*active/).waitFor();

    await reach('Part of a name or alias');
    await page.keyboard.type('b-77');
    await page.waitForURL(/search=b-77/);
    await page.getByText('1 row', { exact: true }).waitFor();
    await press('Change Betteridge Vail');
    await page.getByRole('dialog').waitFor();
    await reach('Active');
    await page.keyboard.press('Space');
    await press('Save');
    await cell(/Betteridge Vail.*not active/).waitFor();
  });

  it('that is a retailer sees its own numbers, and no spend', async () => {
    const { password } = await send('/users', {
      method: 'POST',
      body: { email: 'westime@example.com', name: 'Westime', role: 'retailer', owner_scope: ['Westime LA'] },
    });
    const own = await browser.newContext({ locale: 'en-US' });
    own.setDefaultTimeout(15_000);
    const theirs = await own.newPage();
    await theirs.goto(`${address}/sign-in`);
    await theirs.getByLabel('Email').fill('westime@example.com');
    await theirs.getByRole('textbox', { name: 'Password' }).fill(password);
    await theirs.getByRole('button', { name: 'Sign in' }).click();
    await theirs.getByRole('navigation', { name: 'Main' }).waitFor();
    await theirs.goto(`${address}/email?${asked}`);
    const card = theirs.getByRole('article', { name: 'Marco Bicego New 2025 Campaign' });
    await card.waitFor();
    expect(await card.textContent()).toMatch(/Sent60.*Revenue\$2,400\.00$/);
    expect(await card.getByRole('link').count()).toBe(0);
    await theirs.goto(`${address}/partners`);
    await theirs.getByText('1 row', { exact: true }).waitFor();
    expect(await theirs.getByRole('button', { name: 'New partner' }).count()).toBe(0);
    await own.close();
  });

  it('never complained', () => {
    // The refusal of a name that is taken is the one that was provoked.
    expect(complaints.filter((text) => !text.includes('409'))).toEqual([]);
  });
});
