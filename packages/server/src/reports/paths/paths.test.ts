import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { putClicks } from '../../../test/put-clicks.ts';
import { reporter } from '../../../test/report.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({
  now: '2026-06-01T12:00:00Z',
  settings: { models: ['product_split', 'last_touch', 'linear', 'last_non_direct'] },
});
const shop = openShop(api, 'shop');
const ask = reporter(api);

await shop.product('shoe', { cost: 10 });
const a = await shop.campaign('A');
const b = await shop.campaign('B', { owner: 'Acme' });
const c = await shop.campaign('C');

/** Visits as [campaign, hours before the sale], then a sale of one shoe on that day of May. */
async function sale(
  name: string,
  day: number,
  visits: [string | null, number][],
  price = 100,
): Promise<string[]> {
  const at = new Date(`2026-05-${String(day).padStart(2, '0')}T12:00:00Z`);
  const ids = await putClicks(
    api,
    visits.map(([campaign_id, hours]) => ({
      session: name,
      campaign_id,
      channel: campaign_id === null ? 'direct' : 'paid',
      at: new Date(at.getTime() - hours * 3_600_000).toISOString(),
    })),
  );
  await shop.order(name, { at: at.toISOString(), session_id: name, lines: [['shoe', 1, price]] });
  return ids;
}

const [firstVisit, secondVisit] = await sale('o1', 10, [
  [a, 48],
  [b, 24],
]);
await sale(
  'o2',
  11,
  [
    [a, 4],
    [b, 2],
  ],
  60,
);
await sale('o3', 12, [
  [a, 6],
  [b, 4],
  [a, 2],
]);
await sale('o4', 13, [[c, 1]]);
await sale('o5', 14, []);
await sale('o6', 15, [
  [null, 3],
  [c, 2],
  [null, 1],
]);
// Its first touch was dead long before.
await sale('o7', 16, [
  [b, 24 * 40],
  [c, 1],
]);
await api.settle();

const may = 'from=2026-05-01&to=2026-05-31&tz=UTC';

describe('the paths report', () => {
  test('ranks the ways by which customers came to buy', async () => {
    const { rows, meta } = await ask(
      `/reports/paths?${may}`,
      'path conversions share touches revenue median_seconds_from_first median_seconds_from_last',
    );
    expect(rows).toEqual([
      'C 3 50 1 300 3600 3600',
      'A > B 2 33.33 2 160 93600 46800',
      'A > B > A 1 16.67 3 100 21600 7200',
    ]);
    expect(meta.summary).toMatchObject({ conversions: 6, without_path: 1, paths: 3 });
    expect(meta.summary.touches).toEqual({ q1: 1, median: 1.5, q3: 2 });
    expect(meta.summary.seconds_from_last.median).toBe(7_200);
  });

  test('has arrivals without a campaign as steps where they are asked for, or the model counts them', async () => {
    const paths = async (query: string) => (await ask(`/reports/paths?${may}${query}`, 'path')).rows;
    expect(await paths('&channels=true')).toContain('Direct > C > Direct');
    expect(await paths('&model=last_non_direct')).toContain('Direct > C > Direct');
    expect(await paths('&model=last_non_direct&channels=false')).not.toContain('Direct > C > Direct');
  });

  test('of a range without orders is empty, with nothing where a median would be', async () => {
    const { data, meta } = await ask('/reports/paths?from=2025-01-01&to=2025-01-31', 'path');
    expect(data).toEqual([]);
    expect(meta.summary).toEqual({
      ...{ conversions: 0, without_path: 0, paths: 0 },
      ...{ touches: null, seconds_from_first: null, seconds_from_last: null },
    });
  });
});

test('the overlap report ranks pairs of campaigns by the orders that both touched', async () => {
  const { rows } = await ask(
    `/reports/touch-overlap?${may}`,
    'name other_name orders campaign_orders other_orders share_of_campaign share_of_other',
  );
  expect(rows).toEqual(['A B 3 3 3 100 100']);
  const { rows: withChannels } = await ask(
    `/reports/touch-overlap?${may}&channels=true`,
    'name other_name orders',
  );
  expect(withChannels.sort()).toEqual(['A B 3', 'Direct C 1']);
});

describe('the conversions of a campaign', () => {
  test('name the visit that led to each and the time between', async () => {
    const { rows, data } = await ask(
      `/campaigns/${b}/conversions?${may}`,
      'external_id revenue touches seconds_from_first seconds_from_last',
    );
    expect(rows).toEqual(['o2 60 1 7200 7200', 'o1 100 1 86400 86400']);
    expect(data[1].visit_id).toBe(secondVisit);
  });

  test('follow the model that is asked', async () => {
    const { rows } = await ask(
      `/campaigns/${a}/conversions?${may}&model=linear`,
      'external_id revenue touches seconds_from_first seconds_from_last',
    );
    expect(rows).toEqual(['o3 66.67 2 21600 7200', 'o2 30 1 14400 14400', 'o1 50 1 172800 172800']);
  });
});

describe('the campaign source of an order', () => {
  const sourceOf = async (order: string, query = '') =>
    must(await api.get(`${shop.path(order)}/campaign-source?tz=UTC${query}`), 200);

  test('is the campaign of its last touch, with the visit', async () => {
    const { data, meta } = await sourceOf('o1');
    expect(data).toMatchObject({
      campaign: { campaign_id: b, name: 'B' },
      visit_id: secondVisit,
      seconds_from_touch: 86_400,
      credits: [{ name: 'B', revenue: 100, share: 100 }],
    });
    expect(meta.model).toBe('last_touch');
  });

  test('lists all that share the order under another model', async () => {
    const { data } = await sourceOf('o1', '&model=linear');
    expect(
      data.credits.map(({ name, share }: { name: string; share: number }) => `${name} ${share}`).sort(),
    ).toEqual(['A 50', 'B 50']);
    expect([firstVisit, secondVisit]).toContain(data.visit_id);
  });

  test('is nobody of an order that nobody touched', async () => {
    expect((await sourceOf('o5')).data).toMatchObject({
      campaign: null,
      touch: null,
      visit_id: null,
      credits: [],
    });
  });

  test('tells an advertiser of their own campaigns only', async () => {
    const key = { name: 'acme', role: 'advertiser', owner_scope: ['Acme'] };
    const authorization = `Bearer ${must(await api.post('/api-keys', key), 201).data.key}`;
    const { data } = must(
      await api.get(`${shop.path('o1')}/campaign-source?model=linear`, { authorization }),
      200,
    );
    expect(data.credits.map(({ name }: { name: string }) => name)).toEqual(['B']);
    expect((await api.get(`${shop.path('o4')}/campaign-source`, { authorization })).status).toBe(404);
    expect((await api.get(`/reports/paths?${may}`, { authorization })).status).toBe(403);
  });
});
