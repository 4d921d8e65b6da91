import { beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { openBrowser } from '../../test/browser.ts';
import { permissionsOf, type Role, roles } from '../people/index.ts';
import type { Permission } from '../vocabulary/permission.ts';
import { routeTable } from './route-table.ts';

// Who may ask what: A admin, M marketing manager, N analyst, V advertiser, B brand, R retailer, O moderator. A small
// letter sees only what is of their own campaigns or orders. A route that is not in this table fails the test.
const matrix = `
  GET /session                               anybody
  POST /session                              anybody
  DELETE /session                            anybody
  POST /setup                                anybody
  PATCH /session/password                    signed in
  GET /sessions                              signed in
  DELETE /sessions                           signed in
  DELETE /sessions/:id                       signed in
  GET /installation                          A M N V B R O

  GET /users                                 A · · · · · ·
  POST /users                                A · · · · · ·
  PATCH /users/:id                           A · · · · · ·
  DELETE /users/:id                          A · · · · · ·
  GET /api-keys                              A · · · · · ·
  POST /api-keys                             A · · · · · ·
  DELETE /api-keys/:id                       A · · · · · ·
  GET /audit                                 A · N · · · ·

  GET /products                              A M N v b r ·
  GET /products/:id                          A M N v b r ·
  POST /products                             A · · · · · ·
  POST /products/batch                       A · · · · · ·

  GET /campaigns                             A M N v b · ·
  GET /campaigns/:id                         A M N v b · ·
  GET /campaigns/:id/children                A M N v b · ·
  GET /campaigns/:id/history                 A M N v b · ·
  GET /campaigns/:id/products                A M N v b · ·
  GET /campaigns/:id/spend                   A M N v b · ·
  POST /campaigns                            A M · · · · ·
  PUT /campaigns/:id                         A M · · · · ·
  PATCH /campaigns/:id                       A M · · · · ·
  DELETE /campaigns/:id                      A M · · · · ·
  PATCH /campaigns/:id/status                A M · · · · ·
  PUT /campaigns/:id/activate                A M · · · · ·
  PUT /campaigns/:id/deactivate              A M · · · · ·
  PUT /campaigns/:id/archive                 A M · · · · ·
  PUT /campaigns/:id/unarchive               A M · · · · ·
  POST /campaigns/:id/products               A M · · · · ·
  DELETE /campaigns/:id/products/:targetId   A M · · · · ·
  POST /campaigns/:id/spend                  A M · · · · ·

  GET /partners                              A M N v b r ·
  GET /partners/:id                          A M N v b r ·
  POST /partners                             A M · · · · ·
  PATCH /partners/:id                        A M · · · · ·

  GET /campaigns/:id/email-campaigns         A M N v b · ·
  POST /campaigns/:id/email-campaigns        A M · · · · ·
  GET /email-campaigns/:id                   A M N v b · ·
  PATCH /email-campaigns/:id                 A M · · · · ·
  POST /email-campaigns/:id/links            A M · · · · ·
  GET /email-campaigns/:id/sends             A M N v b · ·
  POST /email-campaigns/:id/sends/batch      A M · · · · ·
  GET /email-campaigns/:id/sends/:sendId     A M N v b · ·
  POST /email-events/batch                   A M · · · · ·

  POST /campaigns/track-visit                pages
  POST /campaigns/update-activity            pages
  POST /campaigns/identify                   pages
  POST /visits/batch                         A · · · · · ·
  POST /identities/batch                     A · · · · · ·
  GET /campaigns/:id/visits                  A M N v b · ·
  GET /campaigns/:id/visits/active           A M N v b · ·
  GET /visits/active                         A M N v b · ·
  GET /campaigns/:id/link                    A M N v b · ·
  GET /campaigns/:id/qr.svg                  A M N v b · ·
  GET /campaigns/:id/qr.png                  A M N v b · ·
  GET /utm-templates                         A M N · · · ·
  POST /utm-templates                        A M · · · · ·
  PATCH /utm-templates/:id                   A M · · · · ·
  DELETE /utm-templates/:id                  A M · · · · ·
  GET /site-keys                             A M N · · · ·
  POST /site-keys                            A M · · · · ·
  DELETE /site-keys/:id                      A M · · · · ·

  GET /customers                             A · N · · · ·
  GET /customers/:id                         A · N · · · ·
  GET /customers/:id/acquisition             A · N · · · ·
  GET /customers/:id/campaign-history        A · N · · · ·
  POST /customers                            A · · · · · ·
  POST /personal-data/export                 A · · · · · ·
  POST /personal-data/erase                  A · · · · · ·

  GET /orders                                A M N v b r ·
  GET /orders/:id                            A M N v b r ·
  GET /orders/:id/refunds                    A M N · · r ·
  GET /orders/:id/credits                    A M N v b · ·
  GET /orders/:id/explain                    A M N v b · ·
  POST /orders                               A · · · · · ·
  POST /orders/batch                         A · · · · · ·
  PATCH /orders/:id/status                   A · · · · · ·
  POST /orders/:id/refunds                   A · · · · · ·

  GET /conversions                           A M N v b r ·
  GET /conversions/:id                       A M N v b r ·
  POST /conversions                          A · · · · · ·
  POST /conversions/batch                    A · · · · · ·

  GET /credits                               A M N · · · ·
  GET /attribution-models                    A M N · · · ·
  GET /attribution-models/runs               A M N · · · ·
  GET /attribution-models/runs/:id           A M N · · · ·
  GET /attribution-models/runs/:id/transitions A M N · · · ·
  POST /attribution-models/runs              A · · · · · ·
  POST /attribution-models                   A · · · · · ·
  GET /reports/overview                      A M N v b · ·
  GET /reports/leaderboard                   A M N v b · ·
  GET /reports/platforms                     A M N v b · ·
  GET /reports/timeline                      A M N v b · ·
  GET /reports/customers                     A M N v b · ·
  GET /reports/health                        A M N · · · ·
  GET /campaigns/:id/reports/summary         A M N v b · ·
  GET /campaigns/:id/reports/timeline        A M N v b · ·
  GET /campaigns/:id/reports/products        A M N v b · ·
  GET /campaigns/:id/reports/orders          A M N v b · ·
  GET /campaigns/leaderboard                 A M N v b · ·
  GET /campaigns/analytics/overview          A M N v b · ·
  GET /campaigns/analytics/platform          A M N v b · ·
  GET /campaigns/:id/analytics               A M N v b · ·
  GET /campaigns/:id/timeline                A M N v b · ·
  GET /campaigns/:id/snapshots               A M N v b · ·
  GET /campaigns/:id/top-products            A M N v b · ·
  GET /campaigns/:id/conversions             A M N v b · ·
  GET /campaigns/compare                     A M N v b · ·
  GET /orders/:id/campaign-source            A M N v b · ·
  GET /reports/paths                         A M N · · · ·
  GET /reports/touch-overlap                 A M N · · · ·

  GET /campaigns/:id/email-performance       A M N v b r ·
  GET /reports/email/categories              A M N v b r ·
  GET /reports/email/funnel                  A M N v b r ·
  GET /reports/email/orders                  A M N v b r ·
  GET /reports/email/regions                 A M N v b r ·
  GET /reports/email/retailers               A M N v b r ·
  GET /reports/email/subjects                A M N v b r ·
  GET /reports/email/summary                 A M N v b r ·
  GET /reports/email/timeline                A M N v b r ·

  GET /webhook-deliveries                    A · N · · · ·
  GET /webhook-deliveries/:id                A · · · · · ·
  POST /webhook-deliveries/:id/retry         A · · · · · ·
  GET /imports                               A · N · · · ·
  GET /imports/:id                           A · N · · · ·
  GET /imports/:id/rejections                A · · · · · ·
  POST /admin/verify                         A · N · · · ·
  GET /admin/debug-attribution               A · N · · · ·
  POST /admin/orders/:id/recompute           A · · · · · ·
  GET /admin/backfills                       A · N · · · ·
  POST /admin/backfills                      A · · · · · ·
  GET /admin/backfills/:id                   A · N · · · ·
  DELETE /admin/backfills/:id                A · · · · · ·
  POST /admin/backfills/:id/resume           A · · · · · ·
  GET /admin/queue                           A · N · · · ·
  GET /admin/jobs                            A · N · · · ·
  POST /admin/jobs/:id/retry                 A · · · · · ·
`;

const letters = 'AMNVBRO';

const rules = new Map(
  [...matrix.matchAll(/^ {2}(\w+ \S+) +(\S.*)$/gm)].map(([, name, who]) => [name as string, who as string]),
);

const api = await startApi();
const password = 'correct horse battery';
const scopeOf = (role: Role) =>
  ['advertiser', 'brand', 'retailer'].includes(role) ? { owner_scope: ['Acme'] } : {};

const keys = new Map<Role, string>();
const browsers = new Map<Role, ReturnType<typeof openBrowser>>();
beforeAll(async () => {
  for (const role of roles) {
    const made = await api.post('/api-keys', { name: role, role, ...scopeOf(role) });
    keys.set(role, made.body.data.key);
    const email = `${role}@shop.example`;
    await api.post('/users', { email, name: role, role, password, ...scopeOf(role) });
    browsers.set(role, await signIn(role));
  }
});

async function signIn(role: Role) {
  const browser = openBrowser(api);
  expect((await browser.signIn(`${role}@shop.example`, password)).status).toBe(201);
  return browser;
}

const routes = routeTable.map((route) => ({
  route,
  name: `${route.method} ${route.path}`,
  url: route.path.replace(/:\w+/g, '0192f7a0-0000-7000-8000-000000000000'),
}));
const ruled = routes.filter(({ name }) => rules.get(name)?.startsWith('A '));

/** What of a route is open to a role: all, their own, or nothing. */
function openTo(name: string, role: Role): 'all' | 'own' | 'nothing' {
  const letter = letters[roles.indexOf(role)]!;
  const who = rules.get(name) ?? '';
  return who.includes(letter) ? 'all' : who.includes(letter.toLowerCase()) ? 'own' : 'nothing';
}

describe('the permissions', () => {
  it('are written down for every route there is, and for no other', () => {
    expect([...rules.keys()].toSorted()).toEqual(routes.map(({ name }) => name).toSorted());
  });

  it('are those that the route asks for, and narrow for whom the table says', () => {
    for (const { route, name } of ruled.filter(({ route }) => route.permission !== 'known')) {
      for (const role of roles) {
        const kind = { advertiser: 'owner', brand: 'owner', retailer: 'retailer' }[role as string];
        const narrowed = route.narrowedFor?.some((each) => each === kind) ?? false;
        const holds = permissionsOf(role).has(route.permission as Permission);
        const open = !holds ? 'nothing' : kind === undefined ? 'all' : narrowed ? 'own' : 'nothing';
        expect(open, `${name} for ${role}`).toBe(openTo(name, role));
      }
    }
  });
});

describe.each(ruled)('$name', ({ route, name, url }) => {
  it.each(roles)('opens by key to the %s what the table says', async (role) => {
    const reply = await api.ask(route.method, url, undefined, { authorization: `Bearer ${keys.get(role)}` });
    expect(reply.status === 403, reply.text).toBe(openTo(name, role) === 'nothing');
    expect(reply.status, reply.text).toBeLessThan(500);
    expect(reply.status).not.toBe(401);
  });

  it.each(roles)('opens by session to the %s what the table says', async (role) => {
    const browser = browsers.get(role)!;
    const reply = await browser.ask(route.method, url);
    expect(reply.status === 403, reply.text).toBe(openTo(name, role) === 'nothing');
    expect(reply.status, reply.text).toBeLessThan(500);
    expect(reply.status).not.toBe(401);
    if (route.method === 'GET') return;
    const foreign = await browser.ask(route.method, url, undefined, { 'x-requested-with': '' });
    expect(foreign.status).toBe(403);
  });

  it('is closed to whom has no valid key or session', async () => {
    const nobodys: Record<string, string>[] = [
      { authorization: '' },
      { authorization: 'Bearer tsk_nobody' },
      { authorization: '', cookie: 'touchstone_session=nobodys' },
    ];
    for (const headers of nobodys) {
      const reply = await api.ask(route.method, url, undefined, headers);
      expect(reply.status).toBe(401);
      expect(reply.body.error.code).toBe('unauthenticated');
    }
  });
});

describe('what is for people who are signed in', () => {
  const own = routes.filter(({ name }) => rules.get(name) === 'signed in');

  it.each(own)('$name is open to every role with a session, and to no key', async ({ route, url }) => {
    expect((await api.ask(route.method, url, undefined, { authorization: '' })).status).toBe(401);
    for (const role of roles) {
      const byKey = { authorization: `Bearer ${keys.get(role)}` };
      expect((await api.ask(route.method, url, undefined, byKey)).status).toBe(403);
      const browser = await signIn(role);
      const foreign = await browser.ask(route.method, url, undefined, { 'x-requested-with': '' });
      if (route.method !== 'GET') expect(foreign.status).toBe(403);
      expect([200, 404, 422]).toContain((await browser.ask(route.method, url)).status);
    }
  });
});

describe('what is for anybody', () => {
  const open = routes.filter(({ name }) => rules.get(name) === 'anybody');

  it.each(open)(
    '$name is open to anybody, and changes nothing for a foreign page',
    async ({ route, url }) => {
      const visitor = openBrowser(api);
      expect([200, 409, 422]).toContain((await visitor.ask(route.method, url)).status);
      if (route.method === 'GET') return;
      const foreign = await visitor.ask(route.method, url, undefined, { 'sec-fetch-site': 'cross-site' });
      expect(foreign.status).toBe(403);
    },
  );
});

describe('what is for the pages of a shop', () => {
  const open = routes.filter(({ name }) => rules.get(name) === 'pages');

  it.each(open)(
    '$name is open to a page of any site with a site key, and to no key of a person',
    async ({ url }) => {
      expect((await api.post(url, {})).status).toBe(422);
      const visitor = { authorization: '', 'sec-fetch-site': 'cross-site' };
      const body = { session_id: 'visitor', landing_page: '/', customer_id: 'c' };
      const { landing_page, customer_id, ...activity } = body;
      const sent = url.endsWith('identify')
        ? { ...activity, customer_id }
        : url.endsWith('visit')
          ? { ...activity, landing_page }
          : activity;
      expect((await api.post(url, sent)).status).toBe(401);
      expect((await api.post(url, sent, visitor)).status).toBe(401);
      expect((await api.post(url, sent, { ...visitor, 'x-site-key': api.settings.siteKey! })).status).toBe(
        200,
      );
    },
  );
});
