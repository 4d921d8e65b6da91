import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../../web/test/open-browser.ts';
import { openShop } from './open-shop.ts';

const { shop, recorded, methods, answer } = await openShop();
const plain = await shop();
const asking = await shop({ attributes: 'data-consent="required"' });
const browser = await openBrowser();
afterAll(() => browser.close());

let context: BrowserContext;
let page: Page;
let faults: string[];
beforeEach(async () => {
  recorded.length = 0;
  methods.length = 0;
  answer(202);
  faults = [];
  await visitor();
});
afterEach(async () => {
  await context.close();
  expect(faults).toEqual([]);
});

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const campaign = '?utm_source=instagram&utm_medium=story&utm_campaign=SUMMER_01';

describe('an arrival', () => {
  it('by a campaign is a visit with what its address says, sent without a preflight and without a cookie', async () => {
    await page.goto(`${plain}/dress${campaign}&utm_content=&gclid=g-1&fbclid=f-1&size=M#secret`);
    const [visit] = await told(1);
    expect(visit).toMatchObject({ what: 'track-visit', contentType: 'text/plain;charset=UTF-8' });
    expect(visit!.cookie).toBeUndefined();
    expect(visit!.body).toEqual({
      key: 'tss_test',
      session_id: expect.stringMatching(uuid),
      landing_page: `${plain}/dress${campaign}&utm_content=&gclid=g-1&fbclid=f-1&size=M`,
      tracking_code: 'SUMMER_01',
      utm: { utm_source: 'instagram', utm_medium: 'story', utm_campaign: 'SUMMER_01' },
      click_ids: { gclid: 'g-1', fbclid: 'f-1' },
      own: false,
    });
    expect(methods).toEqual(['POST']);
    expect(await context.cookies()).toEqual([]);
  });

  it('by an ad whose names are longer than the server takes has them cut', async () => {
    await page.goto(`${plain}/?utm_campaign=${'c'.repeat(300)}&utm_content=${'d'.repeat(1500)}`);
    const [visit] = await told(1);
    const { tracking_code, utm } = visit!.body;
    expect([tracking_code.length, utm.utm_campaign.length, utm.utm_content.length]).toEqual([200, 300, 1000]);
  });

  it('reads every click id', async () => {
    const names = 'gclid gbraid wbraid fbclid ttclid msclkid twclid li_fat_id rdt_cid'.split(' ');
    await page.goto(`${plain}/?${names.map((name) => `${name}=${name}-1`).join('&')}`);
    const [visit] = await told(1);
    expect(Object.keys(visit!.body.click_ids)).toEqual(names);
  });

  it('without a campaign is a visit too: directly, or from another site, also soon after', async () => {
    await page.goto(plain);
    await page.click('#next');
    await told(2);
    recorded.length = 0;
    await page.goto(plain);
    await told(1);
    await page.goto(plain, { referer: 'https://search.example/?q=dress' });
    const [direct, found] = await told(2);
    expect(direct!.body).not.toHaveProperty('referrer');
    expect(found).toMatchObject({
      what: 'track-visit',
      body: { referrer: 'https://search.example/?q=dress' },
    });
    expect(found!.body.session_id).toBe(direct!.body.session_id);
  });

  it('is counted once: another page, the same again and the way back are activity, sent as a beacon', async () => {
    const beacons: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'ping') beacons.push(request.url());
    });
    await page.goto(`${plain}/${campaign}`);
    await told(1);
    await page.click('#next');
    await told(2);
    await page.goBack();
    await told(3);
    await page.reload();
    const all = await told(4);
    expect(whats(all)).toEqual(['track-visit', 'update-activity', 'update-activity', 'update-activity']);
    expect(beacons).toHaveLength(3);
    expect(all[1]!.body).toEqual({ key: 'tss_test', session_id: all[0]!.body.session_id });
    expect(all[1]!.contentType).toBe('text/plain;charset=UTF-8');
  });

  it('is told from going on where the site sends no referrer', async () => {
    const silent = await shop({ referrerPolicy: 'no-referrer' });
    await page.goto(`${silent}/${campaign}`);
    await told(1);
    await page.click('#next');
    expect(whats(await told(2))).toEqual(['track-visit', 'update-activity']);
    await page.goto(silent);
    expect(whats(await told(3))).toEqual(['track-visit', 'update-activity', 'track-visit']);
  });

  it('is counted once where the script is included twice', async () => {
    const twice = await shop({ body: '<script defer src="/again.js"></script>' });
    await page.route('**/again.js', (route) => route.fulfill({ path: 'packages/tracker/dist/t.js' }));
    await page.goto(`${twice}/${campaign}`);
    await page.click('#next');
    expect(whats(await told(2))).toEqual(['track-visit', 'update-activity']);
  });

  it('by a short link names its click, which is not left in the address', async () => {
    const ts_session = '0198c7a2-0000-7000-8000-000000000001';
    await page.goto(`${plain}/dress${campaign}&ts_session=${ts_session}#top`);
    const [visit] = await told(1);
    expect(visit).toMatchObject({ what: 'track-visit', body: { ts_session } });
    expect(visit!.body.session_id).toBe(await session());
    expect(await session()).not.toBe(ts_session);
    expect(page.url()).toBe(`${plain}/dress${campaign}#top`);
  });
});

describe('a single-page app', () => {
  it('reports each address that it shows, once, and finds its history as it was', async () => {
    await page.goto(plain);
    await told(1);
    const before = await page.evaluate(`history.length`);
    await page.evaluate(
      `history.pushState({ shown: 1 }, '', '/a'); history.replaceState({ shown: 2 }, '', '/a')`,
    );
    await told(2);
    await page.evaluate(`history.replaceState(null, '', '/b')`);
    await told(3);
    await page.evaluate(`history.back()`);
    await page.waitForURL(`${plain}/`);
    expect(whats(await told(4)).slice(1)).toEqual(Array(3).fill('update-activity'));
    expect(await page.evaluate(`history.length`)).toBe(Number(before) + 1);
  });

  it('still hears of its own mistakes', async () => {
    await page.goto(plain);
    const said = `(() => { try { history.pushState(null, '', 'https://elsewhere.example/') } catch (error) { return error.name } })()`;
    expect(await page.evaluate(said)).toBe('SecurityError');
  });
});

describe('what cannot be sent', () => {
  it('waits while it is blocked, and goes with the next page, once', async () => {
    await page.route('**/track-visit', (route) => route.abort('blockedbyclient'));
    await page.goto(`${plain}/${campaign}`);
    await expect.poll(waiting).toBe(1);
    await page.unroute('**/track-visit');
    await page.click('#next');
    const all = await told(2);
    expect(whats(all).sort()).toEqual(['track-visit', 'update-activity']);
    expect(await waiting()).toBe(0);
  });

  it('waits while the server is full or the caller too fast; what the server does not want is dropped', async () => {
    for (const status of [503, 429]) {
      answer(status);
      await page.goto(`${plain}/${campaign}`);
      await expect.poll(waiting).toBe(1);
      answer(202);
      await page.evaluate(`dispatchEvent(new Event('online'))`);
      expect(whats(await told(1))).toEqual(['track-visit']);
      expect(await waiting()).toBe(0);
      recorded.length = 0;
    }
    answer(422);
    methods.length = 0;
    await page.goto(`${plain}/${campaign}`);
    await expect.poll(() => methods.length).toBe(1);
    expect(await waiting()).toBe(0);
  });

  it('waits while the browser is offline, activity too', async () => {
    await page.goto(plain);
    await told(1);
    await context.setOffline(true);
    await page.evaluate(`history.pushState(null, '', '/offline')`);
    await expect.poll(waiting).toBe(1);
    await context.setOffline(false);
    expect(whats(await told(2))).toEqual(['track-visit', 'update-activity']);
  });

  it('is forgotten after a day, and never more than twenty are kept', async () => {
    await page.route('**/track-visit', (route) => route.abort());
    await page.goto(plain);
    await expect.poll(waiting).toBe(1);
    await page.evaluate(`(() => {
      const [[url, body]] = JSON.parse(localStorage['touchstone.waiting']);
      const yesterday = Date.now() - 25 * 3600 * 1000;
      localStorage['touchstone.waiting'] = JSON.stringify(Array(30).fill([url, body, yesterday]));
    })()`);
    await page.route('**/identify', (route) => route.abort());
    await page.goto(`${plain}/${campaign}`);
    await expect.poll(waiting).toBe(1);
    await page.evaluate(`for (let n = 0; n < 30; n++) touchstone.identify(n)`);
    await expect.poll(waiting).toBe(20);
  });
});

describe('privacy', () => {
  it('keeps and sends nothing where the browser says that the visitor objects', async () => {
    await context.addInitScript(`Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })`);
    await page.goto(`${plain}/${campaign}`);
    await page.evaluate(
      `touchstone.identify('c-1'); touchstone.consent(true); history.pushState(null, '', '/a')`,
    );
    expect(await session()).toBeNull();
    expect(await kept()).toEqual(['touchstone.consent']);
    expect(methods).toEqual([]);
  });

  it('waits for the answer where the site asks, then counts the arrival; a no forgets everything', async () => {
    await page.goto(`${asking}/${campaign}`);
    await page.evaluate(`touchstone.identify('c-1'); history.pushState(null, '', '/a')`);
    expect(await session()).toBeNull();
    expect(await kept()).toEqual([]);

    await page.evaluate(`touchstone.consent(true); touchstone.consent(true)`);
    expect(whats(await told(1))).toEqual(['track-visit']);
    expect(recorded[0]!.body.tracking_code).toBe('SUMMER_01');
    await page.click('#next');
    expect(whats(await told(2))).toEqual(['track-visit', 'update-activity']);

    await page.evaluate(`touchstone.consent(false); history.pushState(null, '', '/b')`);
    expect(await session()).toBeNull();
    await page.goto(`${asking}/${campaign}`);
    expect(await session()).toBeNull();
    expect(recorded).toHaveLength(2);
    expect(await page.evaluate(`JSON.stringify(localStorage)`)).not.toContain(recorded[0]!.body.session_id);
  });

  it('stops by a no where the site does not ask', async () => {
    await page.goto(plain);
    await told(1);
    await page.evaluate(`touchstone.consent(false); history.pushState(null, '', '/b')`);
    await page.reload();
    expect(await session()).toBeNull();
    expect(recorded).toHaveLength(1);
  });
});

describe('for the shop', () => {
  it('names the session, and says who it is once', async () => {
    await page.goto(plain);
    const [visit] = await told(1);
    expect(await session()).toBe(visit!.body.session_id);
    await page.evaluate(`touchstone.identify(42); touchstone.identify('42')`);
    await told(2);
    await page.reload();
    await page.evaluate(`touchstone.identify(42)`);
    await told(3);
    await page.evaluate(`touchstone.identify('43')`);
    const all = await told(4);
    expect(whats(all)).toEqual(['track-visit', 'identify', 'update-activity', 'identify']);
    expect(all[1]!.body).toEqual({ key: 'tss_test', session_id: visit!.body.session_id, customer_id: '42' });
  });

  it('marks its own people by a switch in the address, until it is turned back', async () => {
    await page.goto(`${plain}/?touchstone=off`);
    expect(page.url()).toBe(`${plain}/`);
    await page.goto(`${plain}/${campaign}`);
    await page.goto(`${plain}/${campaign}&touchstone=on`);
    const visits = await told(3);
    expect(visits.map(({ body }) => body.own)).toEqual([true, true, false]);
    expect(visits[2]!.body.landing_page).toBe(`${plain}/${campaign}`);
  });

  it('tells another origin where it says so', async () => {
    const elsewhere = await shop({ attributes: `data-api="http://collector.example"` });
    const asked = page.waitForRequest('http://collector.example/api/v1/campaigns/track-visit');
    await page.route('http://collector.example/**', (route) =>
      route.fulfill({ status: 202, headers: { 'access-control-allow-origin': '*' } }),
    );
    await page.goto(elsewhere);
    expect((await asked).postDataJSON()).toMatchObject({ key: 'tss_test' });
  });
});

describe('a browser that refuses', () => {
  const refusals: [string, string][] = [
    ['a store', `Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused') } })`],
    ['a beacon', `navigator.sendBeacon = undefined`],
    ['to make ids', `Object.defineProperty(crypto, 'randomUUID', { value: undefined })`],
    ['to say how the page was loaded', `performance.getEntriesByType = () => []`],
  ];
  it.each(refusals)('%s is told from all the same', async (_, script) => {
    await context.addInitScript(script);
    await page.goto(`${plain}/${campaign}`);
    await told(1);
    await page.evaluate(`history.pushState(null, '', '/a')`);
    const all = await told(2);
    expect(whats(all)).toEqual(['track-visit', 'update-activity']);
    expect(all[1]!.body.session_id).toBe(all[0]!.body.session_id);
    expect(all[0]!.body.session_id).toMatch(uuid);
    expect(await session()).toBe(all[0]!.body.session_id);
  });

  const wrecks: [string, string][] = [
    ['fetch', `window.fetch = undefined`],
    ['a store that can be written', `Storage.prototype.setItem = () => { throw new Error('full') }`],
    ['a store that is not ours', `localStorage['touchstone.waiting'] = '{"no": "list"}'`],
    ['everything', `window.URL = navigator.sendBeacon = window.fetch = history.replaceState = undefined`],
  ];
  it.each(wrecks)('%s does not break the page', async (_, script) => {
    await context.addInitScript(script);
    await page.goto(`${plain}/${campaign}`);
    await page.evaluate(`window.touchstone?.identify('c-1'); window.touchstone?.session()`);
    await page.evaluate(`history.pushState(null, '', '/a')`);
    expect(page.url()).toBe(`${plain}/a`);
  });
});

async function visitor(): Promise<void> {
  context = await browser.newContext();
  context.setDefaultTimeout(10_000);
  context.on('weberror', (error) => faults.push(error.error().message));
  page = await context.newPage();
}

/** What the collector was told, once it is as much as this; a moment later it must not be more. */
async function told(count: number) {
  await expect.poll(() => recorded.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
  await page.waitForTimeout(100);
  expect(whats(recorded)).toHaveLength(count);
  return recorded;
}

function whats(all: { what: string }[]): string[] {
  return all.map(({ what }) => what);
}

async function session(): Promise<unknown> {
  await page.waitForFunction(`window.touchstone`);
  return await page.evaluate(`touchstone.session()`);
}

/** How many messages wait in the browser. */
async function waiting(): Promise<number> {
  return Number(await page.evaluate(`JSON.parse(localStorage['touchstone.waiting'] || '[]').length`));
}

async function kept(): Promise<unknown> {
  return await page.evaluate(`Object.keys(localStorage)`);
}
