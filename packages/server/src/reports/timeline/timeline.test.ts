import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { reporter } from '../../../test/report.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({ now: '2026-12-01T12:00:00Z' });
const shop = openShop(api, 'shop');
const ask = reporter(api);

await shop.product('shoe', { cost: 1 });
const id = await shop.campaign('A', { targets: ['shoe'], starts_at: '2025-01-01T00:00:00Z' });

// A sale of a different amount every 20 minutes around each change of clocks, so that every edge of every zone cuts.
const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'];
const sales = changes.flatMap((day, group) => {
  const start = Date.parse(`${day}T00:00:00Z`) - 24 * 3_600_000;
  return Array.from({ length: 3 * 72 }, (_, place) => ({
    at: new Date(start + place * 20 * 60_000 + 1),
    price: 1 + group * 1000 + place,
  }));
});
for (let start = 0; start < sales.length; start += 500) {
  const items = sales.slice(start, start + 500).map(({ at, price }, place) => ({
    source: shop.source,
    external_id: `${start + place}`,
    currency: 'EUR',
    ordered_at: at.toISOString(),
    status: 'confirmed',
    lines: [{ product: { external_id: 'shoe' }, quantity: 1, unit_price: price }],
  }));
  must(await api.post('/orders/batch', { items }), 200, 201);
}
const spend = {
  items: [
    { day: '2026-03-28', amount: 10 },
    { day: '2026-03-29', amount: 20 },
    { day: '2026-03-30', amount: 40 },
  ],
};
must(await api.post(`/campaigns/${id}/spend`, spend), 201);
await api.settle();

/** What the sales say themselves. */
function sold(from: string, to: string) {
  const within = sales.filter(({ at }) => at >= new Date(from) && at < new Date(to));
  return { revenue: within.reduce((sum, { price }) => sum + price, 0), orders: within.length };
}

// biome-ignore format: a table is read by its columns
describe.each([
  // zone                 range                              hours days weeks months
  ['Europe/Berlin',       'from=2026-03-27&to=2026-03-31',   119, 5, 2, 1],
  ['Europe/Berlin',       'from=2026-10-23&to=2026-11-02',   265, 11, 3, 2],
  ['America/New_York',    'from=2026-03-07&to=2026-03-09',    71, 3, 2, 1],
  ['America/St_Johns',    'from=2026-03-07&to=2026-03-09',    71, 3, 2, 1],
  ['America/St_Johns',    'from=2026-10-31&to=2026-11-02',    73, 3, 2, 2],
  ['Asia/Kolkata',        'from=2026-03-28&to=2026-03-30',    72, 3, 2, 1],
  ['Asia/Kathmandu',      'from=2026-03-28&to=2026-03-30',    72, 3, 2, 1],
  ['Australia/Lord_Howe', 'from=2026-04-04&to=2026-04-06',    73, 3, 2, 1],
  ['Australia/Lord_Howe', 'from=2026-10-03&to=2026-10-05',    72, 3, 2, 1],
  // Begins and ends within a millisecond of a sale.
  ['Europe/Berlin',       'from=2026-03-28T12:20:00.001Z&to=2026-03-29T15:40:00.001Z', 28, 2, 1, 1],
  ['Asia/Kathmandu',      'from=2026-03-28T12:20:00.002Z&to=2026-03-29T15:40:00.002Z', 28, 2, 1, 1],
])('in %s, ?%s', (tz, range, ...counts) => {
  test.each([
    ['hour', counts[0]],
    ['day', counts[1]],
    ['week', counts[2]],
    ['month', counts[3]],
  ] as const)('by %s there are %s rows without gaps that add up', async (interval, count) => {
    const { data, meta } = await ask(`/reports/timeline?${range}&tz=${tz}&interval=${interval}`, 'start');
    expect(data).toHaveLength(count);
    for (const [place, row] of data.entries()) {
      expect(row.start).toBe(place === 0 ? meta.range.from : data[place - 1].end);
      expect(row).toMatchObject(sold(row.start, row.end));
    }
    expect(data.at(-1).end).toBe(meta.range.to);
    expect(meta.totals).toMatchObject(sold(meta.range.from, meta.range.to));
  });
});

describe('spend', () => {
  // A day of spend is the ad platform's own date: it is where its local midnight is.
  // biome-ignore format: a table is read by its columns
  test.each([
    ['day',   'from=2026-03-28&to=2026-03-30', ['10', '20', '40'], '70'],
    ['day',   'from=2026-03-28&to=2026-03-30&tz=America/New_York', ['10', '20', '40'], '70'],
    ['week',  'from=2026-03-28&to=2026-03-30', ['30', '40'], '70'],
    ['month', 'from=2026-03-28&to=2026-03-30', ['70'], '70'],
    ['day',   'from=2026-03-28T12:00:00Z&to=2026-03-29T22:00:00.001Z', ['0', '20', '40'], '60'],
    ['day',   'from=2026-03-28T12:00:00Z&to=2026-03-29T22:00:00Z', ['0', '20'], '20'],
  ])('by %s, ?%s', async (interval, range, rows, total) => {
    const report = await ask(`/campaigns/${id}/reports/timeline?${range}&interval=${interval}`, 'spend');
    expect(report.rows).toEqual(rows);
    expect(report.meta.totals.spend).toBe(Number(total));
  });

  test('is unknown below a day', async () => {
    const { rows } = await ask(
      '/reports/timeline?from=2026-03-28&to=2026-03-28&interval=hour',
      'spend roi roas',
    );
    expect(new Set(rows)).toEqual(new Set(['– – –']));
  });
});

describe('a range without an end', () => {
  test('begins with the first sale or spend and ends with the interval that is now', async () => {
    const { data, meta } = await ask('/reports/timeline?interval=month', 'start revenue');
    expect(data[0].start).toBe('2026-03-01T00:00:00+01:00');
    expect(data.at(-1).end).toBe('2027-01-01T00:00:00+01:00');
    expect(data).toHaveLength(10);
    expect(meta.totals).toMatchObject({ orders: sales.length });
    expect(meta.range).toEqual({ from: null, to: null });
  });

  test('holds what lies ahead of now', async () => {
    must(await api.post(`/campaigns/${id}/spend`, { day: '2027-02-10', amount: 5, currency: 'CHF' }), 201);
    const { data } = await ask('/reports/timeline?interval=month&currency=CHF', 'start spend');
    expect(data.map((row: { spend: number }) => row.spend)).toEqual([5]);
  });

  test('of nothing has no rows', async () => {
    expect((await ask('/reports/timeline?currency=JPY', 'start')).rows).toEqual([]);
  });
});

test('rows stand in time, or by a figure when that is asked for', async () => {
  const path = '/reports/timeline?from=2026-03-28&to=2026-03-30&';
  const inTime = await ask(path, 'start');
  expect((await ask(`${path}order=desc`, 'start')).rows).toEqual([...inTime.rows].reverse());
  const byRevenue = await ask(`${path}sort=revenue&limit=2`, 'revenue');
  const revenues = inTime.data
    .map((row: { revenue: number }) => row.revenue)
    .sort((a: number, b: number) => b - a);
  expect(byRevenue.rows).toEqual(revenues.slice(0, 2).map(String));
});

test('each row is compared with the one at its place in the period before', async () => {
  const { data } = await ask('/reports/timeline?from=2026-03-30&to=2026-03-31&compare=previous', 'start');
  expect(data[0]).toMatchObject({
    start: '2026-03-30T00:00:00+02:00',
    previous: { start: '2026-03-28T00:00:00+01:00', end: '2026-03-29T00:00:00+01:00' },
  });
  expect(data[0].previous).toMatchObject(sold('2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z'));
  const march = await ask('/reports/timeline?from=2026-03-01&to=2026-03-31&compare=previous', 'start');
  expect(march.data).toHaveLength(31);
  expect(march.data[27].previous.start).toBe('2026-02-28T00:00:00+01:00');
  expect(march.data[28]).toMatchObject({ previous: null, change: null });
});

test('of a platform is that of its campaigns', async () => {
  const path = '/reports/timeline?from=2026-03-29&to=2026-03-29&platform=';
  const { rows } = await ask(`${path}instagram`, 'orders');
  expect(rows).toEqual([String(sold('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z').orders)]);
  expect((await ask(`${path}tiktok`, 'orders')).rows).toEqual(['0']);
});

test('refuses more rows than an answer holds, and says what to ask instead', async () => {
  const { status, body } = await api.get('/reports/timeline?from=2025-01-01&to=2026-12-31&interval=hour');
  expect(status).toBe(422);
  expect(body.error.fields).toEqual([
    { path: 'interval', message: expect.stringMatching(/about 17\d\d\d rows.*coarser/) },
  ]);
  expect((await api.get('/reports/timeline?interval=minute')).body.error.fields[0]).toEqual({
    path: 'interval',
    message: 'must be one of hour, day, week, month',
  });
});

test('refuses to add up FULL credit of the campaigns of a status', async () => {
  // One campaign alone is known.
  must(await api.get('/reports/timeline?status=running&model=product_full'), 200);
  await shop.campaign('B');
  const { status, body } = await api.get('/reports/timeline?status=running&model=product_full');
  expect(status).toBe(422);
  expect(body.error.fields).toEqual([{ path: 'status', message: expect.stringMatching(/does not add up/) }]);
});

test('answers as CSV', async () => {
  const path = `/campaigns/${id}/reports/timeline?from=2026-03-29&to=2026-03-29`;
  const { revenue, orders } = sold('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z');
  expect((await api.get(path, { accept: 'text/csv' })).text.split('\r\n').slice(0, 2)).toEqual([
    'start,end,units,revenue,profit,profit_revenue_share,orders,lines,spend,roi,roas,profit_roi,average_order_value,currency',
    expect.stringMatching(
      `^2026-03-29T00:00:00\\+01:00,2026-03-30T00:00:00\\+02:00,${orders},${revenue.toFixed(2)},${(revenue - orders).toFixed(2)},1,${orders},${orders},20.00,`,
    ),
  ]);
});

test.each(['Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns'])(
  'the days of several campaigns in %s add up to what was sold',
  async (tz) => {
    if (!shop.campaignIds.has('C')) {
      await shop.campaign('C', { targets: ['shoe'], starts_at: '2026-03-29T12:00:00Z' });
      await api.settle();
    }
    const path = `/reports/timeline?from=2026-03-20&to=2026-04-10&status=running&tz=${tz}`;
    const { data } = await ask(path, 'start');
    expect(data).toHaveLength(22);
    for (const { start, end, revenue, orders } of data) {
      expect({ start, revenue, orders }).toEqual({
        start,
        revenue: sold(start, end).revenue,
        orders: null,
      });
    }
  },
);
