import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { startApi } from '../../test/api.ts';
import { openBrowser } from '../../test/browser.ts';
import { must, openShop } from '../../test/shop.ts';
import { permissions } from '../people/index.ts';
import type { Route } from '../vocabulary/route.ts';
import { routeTable } from './route-table.ts';

// Two owners and two retailers in one shop. Whatever one of them asks, nothing of the other may be in the answer.
const api = await startApi({
  now: '2026-03-01T12:00:00Z',
  settings: {
    trustedProxies: ['127.0.0.1'],
    models: ['product_full', 'product_split', 'last_touch'],
    siteKey: 'site',
  },
});
const shop = openShop(api, 'shop');

const rival = { owner: 'Rivalino', platform: 'pinterest' };
await shop.product('shoe', { cost: 333.33 });
await shop.product('boot', { cost: 444.44 });
await shop.campaign('Rivalino top', {
  ...rival,
  notes: 'Rivalino note',
  metadata: { external_id: 'rival-9' },
});
await shop.campaign('Rivalino below', {
  targets: ['shoe', 'boot'],
  parent: 'Rivalino top',
  platform: 'reddit',
});
await shop.campaign('Mine', { targets: ['shoe'], owner: 'Acme' });
await shop.campaign('Mine below', { targets: ['shoe'], parent: 'Mine', platform: 'tiktok' });
// Lay below the rival's, was the rival's, and lies below the rival's now.
await shop.campaign('Moved', { targets: ['shoe'], owner: 'Acme', parent: 'Rivalino top' });
await shop.campaign('Sold', { targets: ['shoe'], owner: 'Rivalino' });
await shop.campaign('Guest', { targets: ['shoe'], owner: 'Acme', parent: 'Rivalino top' });
const campaign = (name: string) => shop.campaignIds.get(name)!;
must(await api.patch(`/campaigns/${campaign('Moved')}`, { parent_campaign_id: null }), 200);
must(await api.patch(`/campaigns/${campaign('Sold')}`, { owner: 'Acme' }), 200);

await shop.order('R-shared', {
  order_number: 'N-shared',
  lines: [
    ['shoe', 1, 6000.06],
    ['boot', 1, 777.31],
  ],
  customer: { external_id: 'carla', email: 'carla@customer.example', name: 'Carla Customer' },
  session_id: 'session-of-carla',
  utm: { utm_campaign: 'rivalino-top' },
  click_ids: { gclid: 'click-of-rivalino' },
  reported_campaign: 'Rivalino top',
  shipping: 4.17,
  retailer: 'Alpha',
});
await shop.order('R-rivals', { order_number: 'N-rivals', lines: [['boot', 1, 8888.88]], retailer: 'Bravo' });
await shop.order('R-nobodys', { order_number: 'N-nobodys', lines: [], total: 9191.91, retailer: 'Bravo' });
await shop.order('R-francs', { order_number: 'N-francs', lines: [['boot', 1, 6565.65]], currency: 'CHF' });
await shop.refund('R-rivals', {
  external_id: 'refund-of-rivals',
  refunded_at: '2026-02-03T00:00:00Z',
  amount: 111.19,
});
for (const [name, spend] of [
  ['Mine below', { amount: 12.34 }],
  ['Rivalino below', { amount: 4321.09 }],
  ['Rivalino top', { amount: 1234.56, currency: 'CHF' }],
] as const) {
  must(await api.post(`/campaigns/${campaign(name)}/spend`, { day: '2026-02-10', ...spend }), 201);
}
// What people did with their campaigns: visits by links, mails, and what a CRM won by them.
const user_agent = 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0';
const visits = [
  { campaign: 'Rivalino below', session_id: 'session-of-carla', landing_page: '/landing-of-rivalino' },
  { campaign: 'Mine', session_id: 'another session', landing_page: '/mine' },
  {
    ...{ campaign: 'Rivalino below', session_id: 'just now', landing_page: '/landing-of-rivalino' },
    visited_at: '2026-03-01T11:58:00Z',
  },
].map(({ campaign: name, ...visit }) => ({
  visited_at: '2026-01-20T12:00:00Z',
  ...visit,
  campaign_id: campaign(name),
  user_agent,
}));
must(await api.post('/visits/batch', { visits }), 200);
const partnerIds = new Map<string, string>();
for (const [name, partner] of [
  ['Rivalino Markt', { kind: 'retailer', region: 'Rivalino land', aliases: ['Bravo'] }],
  ['Rivalino', { kind: 'brand' }],
  ['Alpha', { kind: 'retailer' }],
] as const) {
  partnerIds.set(name, must(await api.post('/partners', { name, ...partner }), 201).data.id);
}
const mailing = must(
  await api.post(`/campaigns/${campaign('Rivalino top')}/email-campaigns`, {
    subject: 'A mail of Rivalino',
    sender_email: 'brand@rivalino.example',
  }),
  201,
).data.id;
const mailed = must(
  await api.post(`/email-campaigns/${mailing}/sends/batch`, {
    items: [
      {
        recipient_email: 'buyer@rivalino.example',
        retailer: 'Rivalino Markt',
        sent_at: '2026-01-20T12:00:00Z',
        delivered_at: '2026-01-20T12:01:00Z',
        clicked_at: '2026-01-20T15:00:00Z',
      },
    ],
  }),
  200,
);
const sendId = mailed.data[0].id;
const won = must(
  await api.post('/conversions', {
    source: 'crm',
    external_id: 'won-by-rivalino',
    kind: 'sale',
    value: 3737.37,
    converted_at: '2026-01-25T12:00:00Z',
    campaign: 'Rivalino top',
    retailer: 'Bravo',
    product_category: 'rivalino goods',
    send_id: sendId,
  }),
  201,
);
await api.settle();
// Corrects what Acme holds of the shared order, for a reason that is the rival's.
const past = { effective_at: '2026-01-31T00:00:00Z', reason: 'It ended earlier' };
must(await api.put(`/campaigns/${campaign('Rivalino below')}/deactivate`, past), 200);
await api.settle();
must(
  await api.put(`/campaigns/${campaign('Rivalino below')}/activate`, {
    effective_at: '2026-02-01T00:00:00Z',
    reason: 'Mistake',
  }),
  200,
);
await api.settle();

const everyPermission = (scope_kind: string, name: string) => ({
  name: `All of ${name}`,
  permissions,
  scope_kind,
  owner_scope: [name],
});
const order = (name: string) => shop.orderIds.get(name)!;

const rivals = {
  ids: ['Rivalino top', 'Rivalino below'].map(campaign),
  words: ['rivalino', 'rival-9', 'N-rivals', 'N-nobodys', 'N-francs', 'R-rivals', 'refund-of-rivals'],
  // Spend and revenue of the rival, of orders only theirs, and of the lines of a shared order that are only theirs.
  amounts: ['4321.09', '1234.56', '777.31', '8888.88', '8777.69', '9191.91', '6565.65', '111.19', '3737.37'],
  orders: ['R-rivals', 'R-nobodys', 'R-francs'].map(order),
};
const costs = ['333.33', '444.44'];
const customer = ['carla', 'Carla Customer', 'session-of-carla', 'click-of-rivalino'];

/** What must never be in an answer to an owner's people and keys, and to a retailer's. */
const secrets = {
  owner: [...rivals.ids, ...rivals.words, ...rivals.amounts, ...rivals.orders, ...costs, ...customer],
  retailer: [
    ...[...shop.campaignIds.values()],
    ...rivals.words,
    ...['4321.09', '1234.56', '12.34', '8888.88', '9191.91', '6565.65', '111.19', '3737.37'],
    ...rivals.orders,
    ...costs,
    ...['session-of-carla', 'click-of-rivalino', 'Mine below'],
  ],
};

type Asker = {
  who: string;
  kind: 'owner' | 'retailer';
  byKey: boolean;
  get: (path: string, csv?: boolean) => ReturnType<typeof api.get>;
};
const askers: Asker[] = [];
const password = 'correct horse battery';
beforeAll(async () => {
  for (const [who, kind, key] of [
    ['an advertiser', 'owner', { name: 'A', role: 'advertiser', owner_scope: ['Acme'] }],
    ['a retailer', 'retailer', { name: 'R', role: 'retailer', owner_scope: ['Alpha'] }],
    ['an owner’s key that may do everything', 'owner', everyPermission('owner', 'Acme')],
    ['a retailer’s key that may do everything', 'retailer', everyPermission('retailer', 'Alpha')],
  ] as const) {
    const authorization = `Bearer ${must(await api.post('/api-keys', key), 201).data.key}`;
    askers.push({
      who,
      kind,
      byKey: true,
      get: (path, csv) => api.get(path, { authorization, ...accepting(csv) }),
    });
  }
  const brand = { email: 'brand@acme.example', name: 'B', role: 'brand', password, owner_scope: ['Acme'] };
  must(await api.post('/users', brand), 201);
  const browser = openBrowser(api);
  must(await browser.signIn(brand.email, password), 201);
  const get: Asker['get'] = (path, csv) => browser.ask('GET', path, undefined, accepting(csv));
  askers.push({ who: 'a brand, signed in', kind: 'owner', byKey: false, get });
});

function accepting(csv = false): Record<string, string> {
  return csv ? { accept: 'text/csv' } : {};
}

// One value after the other is tried of every parameter that a route takes.
const tries: Record<string, string[]> = {
  platform: ['pinterest', 'reddit'],
  include_children: ['true'],
  parent_campaign_id: [...rivals.ids, campaign('Mine'), 'none'],
  campaign_id: [...rivals.ids, campaign('Mine')],
  owner: ['Rivalino', 'Acme'],
  search: ['rival', 'R-', 'N-', 'carla', 'boot', '%'],
  customer_id: [],
  product_id: [shop.productIds.get('boot')!, shop.productIds.get('shoe')!],
  status: ['running', 'ended', 'confirmed', 'running,paused'],
  source: ['shop'],
  model: ['product_full', 'product_split'],
  currency: ['CHF', 'EUR'],
  basis: ['posted'],
  sort: ['revenue', 'spend', 'name', 'updated_at'],
  order: ['asc'],
  limit: ['1'],
  archived: ['all'],
  active: ['true', 'false'],
  interval: ['month'],
  subject_kind: ['campaign', 'user'],
  subject_id: [...rivals.ids],
  actor: ['key:admin'],
  sale_time: ['2026-02-01T12:00:00Z'],
  updated_since: ['2020-01-01T00:00:00Z'],
  ids: [
    `${campaign('Mine')},${campaign('Rivalino below')}`,
    `${campaign('Rivalino top')},${campaign('Rivalino below')}`,
  ],
  region: ['Rivalino land'],
  partner_id: [...partnerIds.values()],
  recipient: ['buyer@rivalino.example'],
  external_id: ['won-by-rivalino'],
  kind: ['retailer', 'sale'],
  by: ['campaign', 'month'],
  grain: ['hour', 'day'],
  utm_term: ['term'],
};
const together: Record<string, string>[] = [
  { include_children: 'true', model: 'product_full' },
  { include_children: 'true', platform: 'pinterest', status: 'running' },
  { from: '2026-02-01', to: '2026-02-28', compare: 'previous', interval: 'day' },
  { from: '2026-02-01', to: '2026-02-28', compare: 'previous', model: 'product_full' },
  { product_id: shop.productIds.get('boot')!, sale_time: '2026-02-01T12:00:00Z' },
];

const gets = routeTable
  .filter(({ method }) => method === 'GET')
  .map((route) => ({ route, path: route.path }));

/** Every address to be asked of a route: with each id there is and, of one of theirs and one of another's, each parameter. */
async function addressesOf(route: Route): Promise<string[]> {
  const named = Object.keys((route.query as z.ZodObject | undefined)?.shape ?? {});
  const single = named.flatMap((name) => (tries[name] ?? []).map((value) => ({ [name]: value })));
  const several = together
    .map((query) => Object.entries(query).filter(([name]) => named.includes(name)))
    .filter((query) => query.length > 1)
    .map(Object.fromEntries);
  const queries = [...single, ...several].map((query) => `?${new URLSearchParams(query)}`);
  const places = placesOf(route);
  const asked = places.filter((place) => !place.includes('-') || inDepth.some((id) => place.includes(id)));
  const pages = named.includes('cursor') ? await Promise.all(asked.map(pagesOf)) : [];
  return [
    ...places,
    ...asked.flatMap((place) => queries.map((query) => `${place}${query}`)),
    ...pages.flat(),
  ];
}

// Pictures, and counts without names: nothing in them can be searched for.
const namesNobody = ['/campaigns/:id/qr.svg', '/campaigns/:id/qr.png', '/reports/email/funnel'];

const inDepth = [
  ...[campaign('Mine'), campaign('Rivalino below')],
  ...[order('R-shared'), order('R-rivals'), shop.productIds.get('boot')!],
];

function placesOf({ path }: Route): string[] {
  if (!path.includes(':')) return [path];
  const ids = path.startsWith('/campaigns')
    ? [...shop.campaignIds.values()]
    : path.includes('/orders')
      ? [...shop.orderIds.values()]
      : path.startsWith('/products')
        ? [...shop.productIds.values()]
        : path.startsWith('/partners')
          ? [...partnerIds.values()]
          : [...rivals.ids, order('R-rivals'), mailing, won.data.id];
  return ids.map((id) => path.replace(':sendId', sendId).replace(/:\w+/g, id));
}

/** The cursors that an admin gets, which name the rows of others. */
async function pagesOf(place: string): Promise<string[]> {
  const pages: string[] = [];
  for (let cursor = ''; pages.length < 8; ) {
    const reply = await api.get(`${place}?limit=1${cursor && `&cursor=${cursor}`}`);
    cursor = reply.body.meta?.next_cursor ?? '';
    if (cursor === '') break;
    pages.push(`${place}?limit=50&cursor=${cursor}`);
  }
  return pages;
}

function foundIn(text: string, words: string[], asked: string): string[] {
  const plain = text.toLowerCase();
  return words.filter((word) => plain.includes(word.toLowerCase()) && !asked.includes(word.toLowerCase()));
}

describe.each(gets)('GET $path', ({ route }) => {
  it('tells nobody what is another’s, whatever is asked', async () => {
    const addresses = await addressesOf(route);
    const toAdmin: string[] = [];
    for (const address of addresses) {
      // What depends on how one asks, and in which form, is seen without trying it with every parameter.
      const plain = !address.includes('?');
      for (const { who, kind, get } of plain ? askers : askers.filter(({ byKey }) => byKey)) {
        for (const csv of route.csv && plain ? [false, true] : [false]) {
          const reply = await get(address, csv);
          expect(reply.status, `${address} asked by ${who}: ${reply.text}`).toBeLessThan(500);
          // A refusal may repeat what it was asked.
          const asked = reply.status < 400 ? '' : decodeURIComponent(address).toLowerCase();
          expect(
            foundIn(reply.text, secrets[kind], asked),
            `${address} asked by ${who}: ${reply.text}`,
          ).toEqual([]);
        }
      }
      toAdmin.push((await api.get(address)).text);
    }
    // An admin's answers hold what is sought: the search would find it.
    if (route.narrowedFor === undefined || namesNobody.includes(route.path)) return;
    expect(foundIn(toAdmin.join(), secrets.owner, '').length, toAdmin.join().slice(0, 300)).toBeGreaterThan(
      0,
    );
  });
});

it('nobody finds a campaign of another’s by any address of it', async () => {
  const addresses = gets.map(({ path }) => path).filter((path) => path.startsWith('/campaigns/:id'));
  for (const path of addresses) {
    for (const { who, get } of askers) {
      const address = path.replace(/:\w+/g, campaign('Rivalino below'));
      const { status } = await get(address);
      expect([403, 404], `${address} answered ${who} with ${status}`).toContain(status);
    }
  }
});

describe('what is theirs', () => {
  const of = (who: string) => askers.find((asker) => asker.who === who)!;

  it('an advertiser sees: campaigns, spend, orders without their customers, credit and why', async () => {
    const { get } = of('an advertiser');
    const campaigns = must(await get('/campaigns?sort=name'), 200).data;
    expect(campaigns.map(({ name, parent_campaign_id }: Row) => [name, parent_campaign_id])).toEqual([
      ['Guest', null],
      ['Mine', null],
      ['Mine below', campaign('Mine')],
      ['Moved', null],
      ['Sold', null],
    ]);
    const roots = must(await get('/campaigns?parent_campaign_id=none'), 200).data;
    expect(roots).toHaveLength(4);

    const orders = must(await get('/orders'), 200).data;
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({ order_number: 'N-shared', customer: null, total: null, utm: null });
    expect(orders[0].lines).toMatchObject([{ net: 6000.06, unit_cost: null }]);
    expect((await get(`/orders?customer_id=${order('R-shared')}`)).status).toBe(403);

    const explained = must(await get(`/orders/${order('R-shared')}/explain`), 200).data;
    expect(explained.summary).toMatch(/^Credited to .*another campaign/);
    expect(explained.lines).toHaveLength(1);
    const { candidates, shares } = explained.lines[0];
    expect(candidates.filter((each: Row) => each.campaign_id === null)).toEqual([
      expect.objectContaining({ name: 'another campaign', credited: true, running_periods: [] }),
    ]);
    expect(shares.find((share: Row) => share.model === 'product_split').arithmetic).toBe(
      '6000.06 EUR ÷ 6, of which 1000.01 + 1000.01 + 1000.01 + 1000.01 + 1000.01 to what you see',
    );
    expect((await get('/reports/overview?currency=EURO')).text).not.toContain('CHF');
    const reasons = explained.entries.map(({ reason }: Row) => reason);
    expect(reasons).toContain('another campaign changed');
  });

  it('a retailer sees: their orders whole, but for what the shop keeps to itself', async () => {
    const { get } = of('a retailer');
    const orders = must(await get('/orders'), 200).data;
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({ retailer: 'Alpha', total: 6781.54, utm: null });
    expect(orders[0].customer.name).toBe('Carla Customer');
    expect(orders[0].lines.map(({ unit_cost }: Row) => unit_cost)).toEqual([null, null]);
    const products = must(await get('/products'), 200).data;
    expect(products.map(({ name, cost, costs }: Row) => [name, cost, costs])).toEqual([
      ['boot', null, []],
      ['shoe', null, []],
    ]);
  });
});

type Row = Record<string, unknown>;
