import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { type PutClick, putClicks } from '../../../test/put-clicks.ts';
import { reporter } from '../../../test/report.ts';
import { must, openShop } from '../../../test/shop.ts';

const settings = { models: ['product_full', 'product_split', 'last_touch'] };
const api = await startApi({ now: '2026-06-01T12:00:00Z', settings });
const shop = openShop(api, 'shop');
const ask = reporter(api);

await shop.product('shoe', { cost: 10 });
const spring = await shop.campaign('Spring', { targets: ['shoe'], platform: 'multi' });
const post = await shop.campaign('Post', { parent: 'Spring', platform: 'instagram', targets: ['shoe'] });
const video = await shop.campaign('Video', { parent: 'Spring', platform: 'tiktok' });
const story = await shop.campaign('Story', { parent: 'Spring', platform: 'instagram' });
const other = await shop.campaign('Other', { platform: 'instagram' });
const customer = must(
  await api.post('/customers', { source: 'shop', external_id: 'ada', email: 'ada@example.com' }),
  200,
  201,
).data.id as string;
const sameCustomer = must(
  await api.post('/customers', { source: 'shop', external_id: 'ada again', email: 'Ada@example.com' }),
  200,
  201,
).data.id as string;

const day = (hour: number) => `2026-05-04T${String(hour).padStart(2, '0')}:00:00Z`;
await putClicks(api, [
  { session: 's1', campaign_id: post, at: day(8), device: 'mobile', country: 'DE', channel: 'social' },
  { session: 's1', campaign_id: post, at: day(10), device: 'mobile', country: 'DE', channel: 'social' },
  { session: 's2', campaign_id: post, at: day(11), device: 'desktop', country: 'FR', channel: 'paid' },
  { session: 's3', campaign_id: post, at: day(12), device: 'mobile' },
  { session: 's3', campaign_id: video, at: day(13), device: 'mobile' },
  { session: 's4', campaign_id: story, at: day(14), device: 'tablet' },
  { session: 'robot', campaign_id: post, at: day(15), excluded: 'bot' },
  { session: 'robot', campaign_id: post, at: day(16), excluded: 'bot' },
  { session: 'desk', campaign_id: post, at: day(17), excluded: 'own_traffic' },
  { session: 's1', campaign_id: post, at: '2026-04-20T12:00:00Z' },
]);
// Two sessions of Ada, one by another of her addresses' accounts; s3 is nobody known.
await api.db
  .insertInto('session_customers')
  .values([
    { session_id: 's1', identified_at: new Date(day(9)), customer_id: customer },
    { session_id: 's2', identified_at: new Date(day(12)), customer_id: sameCustomer },
  ])
  .execute();
await shop.order('o1', { at: '2026-05-10T12:00:00Z', lines: [['shoe', 1, 100]] });
await shop.order('o2', { at: '2026-05-11T12:00:00Z', lines: [['shoe', 1, 60]] });
must(await api.post(`/campaigns/${post}/spend`, { items: [{ day: '2026-05-04', amount: 20 }] }), 201);
must(await api.post(`/campaigns/${video}/spend`, { items: [{ day: '2026-05-05', amount: 5 }] }), 201);
await api.settle();

const may = 'from=2026-05-01&to=2026-05-31&tz=UTC&model=product_split';

describe('the analytics of a campaign', () => {
  test('count visits, people and what came of them, bots apart', async () => {
    const { data } = await ask(`/campaigns/${post}/analytics?${may}`, 'name');
    expect(data).toMatchObject({
      campaign_id: post,
      total_visits: 4,
      unique_visitors: 2,
      conversions: 2,
      conversion_rate: 50,
      revenue: 80,
      average_order_value: 80,
      spend: 20,
      roi: 300,
      roas: 4,
      cost_per_visit: 5,
      cost_per_conversion: 10,
      bots: 2,
      kept_apart: { bot: 2, own_traffic: 1, impossible_rate: 0 },
      tier: 'High ROI',
    });
  });

  test('say on what, from where and by which channel people came', async () => {
    const { data } = await ask(`/campaigns/${post}/analytics?${may}`, 'name');
    const lines = (rows: Record<string, unknown>[]) => rows.map((row) => Object.values(row).join(' '));
    expect(lines(data.devices)).toEqual(['mobile 3 75 0 0', 'desktop 1 25 0 0', ' 0 0 2 80']);
    expect(lines(data.countries)).toEqual(['DE 2 50 0 0', 'FR 1 25 0 0', ' 1 25 2 80']);
    expect(lines(data.channels)).toEqual(['paid 2 50 0 0', 'social 2 50 0 0', ' 0 0 2 80']);
  });

  test('say where what was won was clicked, each order by its last visit, so that the parts add up', async () => {
    const sold = { currency: 'EUR', status: 'confirmed', source: 'shop' };
    await putClicks(api, [
      { session: 'w1', campaign_id: other, at: '2026-01-31T12:00:00Z', device: 'tablet', country: 'FR' },
      { session: 'w1', campaign_id: other, at: '2026-02-10T12:00:00Z', device: 'mobile', country: 'FR' },
      { session: 'w2', campaign_id: other, at: '2026-01-20T12:00:00Z', device: 'desktop', country: 'DE' },
    ]);
    for (const [external_id, session_id, ordered_at, total] of [
      ['w-1', 'w1', '2026-02-09T12:00:00Z', 50],
      ['w-2', 'w1', '2026-02-12T12:00:00Z', 20],
      ['w-3', 'w1', '2026-02-13T12:00:00Z', 7.5],
      ['w-4', 'w2', '2026-02-12T12:00:00Z', 30],
    ]) {
      const order = { ...sold, external_id, session_id, ordered_at, total };
      must(await api.post('/orders', order), 201);
    }
    await api.settle();
    const { data } = await ask(`/campaigns/${other}/analytics?from=2026-02-01&to=2026-02-28&tz=UTC`, 'name');
    const lines = (rows: Record<string, unknown>[]) => rows.map((row) => Object.values(row).join(' '));
    expect(lines(data.devices)).toEqual(['mobile 1 100 2 27.5', 'tablet 0 0 1 50', 'desktop 0 0 1 30']);
    expect(lines(data.countries)).toEqual(['FR 1 100 3 77.5', 'DE 0 0 1 30']);
    expect([data.conversions, data.revenue]).toEqual([4, 107.5]);
  });

  test('round shares as every percentage, half away from zero', async () => {
    const { data } = await ask(`/campaigns/${spring}/analytics?${may}&include_children=true`, 'name');
    expect(data.devices.map(({ share }: { share: number }) => share)).toEqual([66.67, 16.67, 16.67, 0]);
  });

  test('of a parent count a person and an order once, and list its children and platforms', async () => {
    const { data } = await ask(`/campaigns/${spring}/analytics?${may}&include_children=true`, 'name');
    expect(data).toMatchObject({
      total_visits: 6,
      unique_visitors: 3,
      conversions: 2,
      revenue: 160,
      spend: 25,
    });
    const line = (row: Record<string, unknown>) =>
      [
        row.name ?? row.platform,
        row.visits,
        row.unique_visitors,
        row.conversions,
        row.revenue,
        row.spend,
      ].join(' ');
    expect(data.children.map(line)).toEqual(['Post 4 2 2 80 20', 'Story 1 1 0 0 0', 'Video 1 1 0 0 5']);
    expect(data.platforms.map(line)).toEqual([
      'instagram 5 3 2 80 20',
      'multi 0 0 2 80 0',
      'tiktok 1 1 0 0 5',
    ]);
  });

  test('under a model that repeats sales, a platform still counts each once', async () => {
    const asked = may.replace('product_split', 'product_full');
    const { data } = await ask(`/campaigns/${spring}/analytics?${asked}&include_children=true`, 'name');
    expect(data).toMatchObject({ conversions: 2, revenue: 160 });
    expect(data.platforms[0]).toMatchObject({ conversions: 2, revenue: 160, average_order_value: 80 });
  });

  test('without any visit are null where they would divide by none', async () => {
    const { data } = await ask(`/campaigns/${other}/analytics?${may}`, 'name');
    expect(data).toMatchObject({
      ...{ total_visits: 0, unique_visitors: 0, conversions: 0, conversion_rate: null },
      ...{ cost_per_visit: null, cost_per_conversion: null, roi: null, devices: [] },
    });
  });

  test('are compared with the period before', async () => {
    const { data } = await ask(`/campaigns/${post}/analytics?${may}&compare=previous`, 'name');
    expect(data.previous).toMatchObject({ total_visits: 1, unique_visitors: 1, conversions: 0 });
    expect(data.change).toMatchObject({ total_visits: 300, unique_visitors: 100 });
  });

  test('come as CSV, and refuse what they do not know', async () => {
    const csv = await api.get(`/campaigns/${post}/analytics?${may}`, { accept: 'text/csv' });
    expect(csv.text.split('\r\n')[0]).toContain('total_visits,unique_visitors,conversions');
    expect(csv.text).toContain('20.00');
    expect((await api.get(`/campaigns/${post}/analytics?sort=revenue`)).status).toBe(422);
    expect((await api.get(`/campaigns/00000000-0000-7000-8000-000000000000/analytics?${may}`)).status).toBe(
      404,
    );
  });

  test('are shown to an advertiser of their own campaigns only', async () => {
    const mine = await shop.campaign('Mine', { owner: 'Acme' });
    const key = { name: 'acme', role: 'advertiser', owner_scope: ['Acme'] };
    const authorization = `Bearer ${must(await api.post('/api-keys', key), 201).data.key}`;
    const statusOf = async (path: string) => (await api.get(`${path}?${may}`, { authorization })).status;
    expect(await statusOf(`/campaigns/${mine}/analytics`)).toBe(200);
    expect(await statusOf(`/campaigns/${post}/analytics`)).toBe(404);
    expect(await statusOf(`/campaigns/${post}/timeline`)).toBe(404);
    expect(await statusOf(`/campaigns/${post}/snapshots`)).toBe(404);
  });
});

describe('the same reports under the paths of campaigns', () => {
  test.each([
    ['/campaigns/analytics/overview', '/reports/overview'],
    ['/campaigns/analytics/platform', '/reports/platforms'],
    [`/campaigns/${post}/top-products`, `/campaigns/${post}/reports/products`],
  ])('%s answers as %s does', async (path, same) => {
    const [here, there] = [
      must(await api.get(`${path}?${may}`), 200),
      must(await api.get(`${same}?${may}`), 200),
    ];
    expect(here.data).toEqual(there.data);
  });
});

describe('the leaderboard of campaigns', () => {
  const asked = '/campaigns/leaderboard';
  const figures = 'name visits conversions conversion_rate revenue cost_per_visit';

  test('has what people did beside what it earned, campaigns without a sale too', async () => {
    const { rows, totals } = await ask(`${asked}?${may}`, figures);
    expect(rows).toEqual(['Post 4 2 50 80 5', 'Spring 0 2 – 80 –', 'Story 1 0 0 0 0', 'Video 1 0 0 0 5']);
    expect(totals).toBe('6 2 33.33 160 4.17');
  });

  test.each([
    ['visits', ['Post', 'Story', 'Video', 'Spring']],
    ['conversion_rate', ['Post', 'Story', 'Video', 'Spring']],
    ['cost_per_visit&order=asc', ['Story', 'Post', 'Video', 'Spring']],
  ])('is ordered by %s, what is unknown last', async (sort, names) => {
    expect((await ask(`${asked}?${may}&sort=${sort}`, 'name')).rows).toEqual(names);
  });

  test('ranks by any figure, people and order values too, by whatever name the order is asked for', async () => {
    const ranked = async (by: string, fields: string) =>
      (await ask(`/campaigns/leaderboard?${may}&${by}`, `name ${fields}`)).rows;
    expect(await ranked('sort=unique_visitors&include_children=true', 'unique_visitors')).toEqual([
      'Spring 3',
      'Post 2',
      'Story 1',
      'Video 1',
    ]);
    expect(await ranked('sort=average_order_value', 'average_order_value')).toEqual(
      await ranked('metric=average_order_value', 'average_order_value'),
    );
    expect(await ranked('metric=visits', 'visits')).toEqual(await ranked('sort=visits', 'visits'));
  });

  test('counts the visits of all below a campaign as its own where that is asked for', async () => {
    const { rows } = await ask(
      `${asked}?${may}&include_children=true&sort=visits`,
      'name visits conversions',
    );
    expect(rows[0]).toBe('Spring 6 2');
  });
});

// A visit every 20 minutes around each change of clocks, of a person who comes back every fifth time.
const changes = ['2025-03-09', '2025-03-30', '2025-10-26', '2025-11-02'];
const clicks: PutClick[] = changes.flatMap((change) =>
  Array.from({ length: 3 * 72 }, (_, place) => ({
    session: `${change} ${place % 43}`,
    campaign_id: other,
    at: new Date(Date.parse(`${change}T00:00:00Z`) - 24 * 3_600_000 + place * 20 * 60_000).toISOString(),
  })),
);
await putClicks(api, clicks);

/** What the clicks say themselves. */
function visited(from: string, to: string) {
  const those = clicks.filter(({ at }) => new Date(at) >= new Date(from) && new Date(at) < new Date(to));
  return { visits: those.length, unique_visitors: new Set(those.map(({ session }) => session)).size };
}

// biome-ignore format: a table is read by its columns
describe.each([
  ['Europe/Berlin',    'from=2025-03-28&to=2025-04-01', 5],
  ['Europe/Berlin',    'from=2025-10-25&to=2025-10-27', 3],
  ['America/New_York', 'from=2025-03-08&to=2025-03-10', 3],
  ['America/St_Johns', 'from=2025-03-08&to=2025-03-10', 3],
  ['America/St_Johns', 'from=2025-11-01&to=2025-11-03', 3],
  ['Asia/Kolkata',     'from=2025-03-29&to=2025-03-31', 3],
  ['Asia/Kathmandu',   'from=2025-03-29&to=2025-03-31', 3],
])('in %s, ?%s', (tz, range, days) => {
  test('the days agree with the clicks, people counted for each', async () => {
    const { data } = await ask(`/campaigns/${other}/timeline?${range}&tz=${tz}&model=product_split`, 'start');
    expect(data).toHaveLength(days);
    for (const row of data) expect(row).toMatchObject(visited(row.start, row.end));
  });

  test('the hours of a day add up to it, and its people are counted, not added', async () => {
    const asked = `/campaigns/${other}/snapshots?${range}&tz=${tz}&model=product_split`;
    const daily = (await ask(`${asked}&grain=day`, 'start')).data;
    const hourly = (await ask(`${asked}&grain=hour`, 'start')).data;
    for (const row of daily) {
      const hours = hourly.filter(
        ({ start }: { start: string }) => new Date(start) >= new Date(row.start) && new Date(start) < new Date(row.end),
      );
      const sum = (figure: string) => hours.reduce((total: number, hour: Record<string, number>) => total + hour[figure]!, 0);
      expect(sum('visits')).toBe(row.visits);
      expect(sum('unique_visitors')).toBeGreaterThanOrEqual(row.unique_visitors);
      expect(row).toMatchObject(visited(row.start, row.end));
    }
  });
});

test('a timeline without bounds begins where the first visit lies', async () => {
  const { data } = await ask(
    `/campaigns/${other}/timeline?interval=month&tz=UTC&model=product_split`,
    'start',
  );
  expect(data[0].start).toBe('2025-03-01T00:00:00+00:00');
  expect(data.at(-1).start).toBe('2026-06-01T00:00:00+00:00');
});
