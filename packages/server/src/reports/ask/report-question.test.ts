import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { reporter } from '../../../test/report.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const shop = openShop(api, 'shop');
const ask = reporter(api);

await shop.product('shoe');
const id = await shop.campaign('A', { targets: ['shoe'], starts_at: '2024-01-01T00:00:00Z' });
await api.settle();

const reports = [
  '/reports/overview',
  '/reports/leaderboard',
  '/reports/platforms',
  '/reports/timeline',
  '/reports/health',
  `/campaigns/${id}/reports/summary`,
  `/campaigns/${id}/reports/timeline`,
  `/campaigns/${id}/reports/products`,
  `/campaigns/${id}/reports/orders`,
];

// biome-ignore format: a table is read by its columns
const faults: [query: string, path: string, message: RegExp][] = [
  ['from=yesterday',                              'from',     /calendar day such as 2026-03-01, or a timestamp with an offset/],
  ['from=2026-02-30',                             'from',     /calendar day/],
  ['from=2026-03-01T12:00:00',                    'from',     /with an offset/],
  ['to=2026-13-01',                               'to',       /calendar day/],
  ['to=',                                         'to',       /calendar day/],
  ['from=0001-01-01',                             'from',     /between the years 1900 and 2999; leave it out/],
  ['to=9999-12-31',                               'to',       /leave it out/],
  ['from=2026-03-02&to=2026-03-01',               'from',     /must not be after to; swap/],
  ['from=2026-03-01T12:00:00.001Z&to=2026-03-01T12:00:00Z', 'from', /must not be after to/],
  ['from=2026-03-02T00:00:00%2B01:00&to=2026-03-01', 'from', /must not be after to/],
  ['tz=Europe/Berln',                             'tz',       /IANA.*did you mean Europe\/Berlin/],
  ['tz=%2B02:00',                                 'tz',       /IANA/],
  ['model=last_click',                            'model',    /there are product_full, product_split/],
  ['currency=EURO',                               'currency', /ISO 4217/],
  ['basis=booked',                                'basis',    /one of sale, posted/],
  ['platform=myspace',                            'platform', /one of facebook, instagram/],
  ['status=active',                               'status',   /one of draft, running, paused, ended/],
  ['include_children=yes',                        'include_children', /one of true, false/],
  ['sort=clicks',                                 'sort',     /one of revenue, profit, units, orders, spend, roi, roas/],
  ['order=up',                                    'order',    /one of asc, desc/],
  ['limit=0',                                     'limit',    /at least 1/],
  ['limit=1000000',                               'limit',    /at most 5000/],
  ['limit=ten',                                   'limit',    /must be a number/],
  ['compare=last_year',                           'compare',  /must be previous/],
  ['compare=previous',                            'compare',  /give from and to/],
  ['colour=red',                                  'colour',   /not a known field/],
  ['form=2026-03-01',                             'form',     /did you mean from\?/],
];

describe.each(reports)('GET %s', (path) => {
  test.each(faults)('refuses ?%s at %s', async (query, field, message) => {
    const { status, body } = await api.get(`${path}?${query}`);
    expect(status).toBe(422);
    expect(body.error.fields).toEqual([{ path: field, message: expect.stringMatching(message) }]);
  });

  test('names every fault at once', async () => {
    const { body } = await api.get(
      `${path}?tz=Mars/Olympus&currency=XXXX&model=none&from=2026-02-01&to=2026-01-01`,
    );
    expect(body.error.fields.map((fault: { path: string }) => fault.path)).toEqual([
      'tz',
      'currency',
      'model',
      'from',
    ]);
  });

  test('takes every parameter, and answers as CSV too', async () => {
    const every =
      'from=2026-01-01&to=2026-01-31&tz=Asia/Kolkata&model=product_split&currency=EUR&basis=posted&platform=instagram&status=running&include_children=true&sort=roi&order=asc&limit=10&compare=previous';
    const { meta } = must(await api.get(`${path}?${every}`), 200);
    expect(meta).toMatchObject({
      range: { from: '2026-01-01T00:00:00+05:30', to: '2026-02-01T00:00:00+05:30' },
      previous_range: { from: '2025-12-01T00:00:00+05:30', to: '2026-01-01T00:00:00+05:30' },
      tz: 'Asia/Kolkata',
      model: 'product_split',
      model_version: 1,
      currency: 'EUR',
      basis: 'posted',
      as_of: '2026-03-01T17:30:00+05:30',
      pending_settlements: 0,
      other_currencies: [],
      additive: true,
    });
    const csv = await api.get(`${path}?${every}`, { accept: 'text/csv' });
    expect(csv.status).toBe(200);
    expect(csv.headers['content-type']).toMatch(/^text\/csv/);
    expect(csv.text).toMatch(/^\w+(,\w+)+\r\n/);
  });

  test('answers for all time, in the zone and currency of the installation, when asked nothing', async () => {
    const { meta } = must(await api.get(path), 200);
    expect(meta).toMatchObject({ range: { from: null, to: null }, tz: 'Europe/Berlin', currency: 'EUR' });
  });
});

describe('a range', () => {
  // biome-ignore format: a table is read by its columns
  test.each([
    // A date as the end means the whole of that day in the zone; clocks may change within.
    ['from=2026-03-01&to=2026-03-31',                           '2026-03-01T00:00:00+01:00', '2026-04-01T00:00:00+02:00'],
    ['from=2026-03-29&to=2026-03-29',                           '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    ['from=2026-10-25&to=2026-10-25',                           '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00'],
    ['from=2026-04-24&to=2026-04-24&tz=Africa/Cairo',           '2026-04-24T01:00:00+03:00', '2026-04-25T00:00:00+03:00'],
    ['from=2026-03-01&to=2026-03-01&tz=Asia/Kathmandu',         '2026-03-01T00:00:00+05:45', '2026-03-02T00:00:00+05:45'],
    // An instant as the end is not included.
    ['from=2026-03-01T12:00:00.250Z&to=2026-03-01T12:00:00.251Z', '2026-03-01T13:00:00.250+01:00', '2026-03-01T13:00:00.251+01:00'],
    ['from=2026-03-01T12:00:00%2B01:00',                        '2026-03-01T12:00:00+01:00', null],
    // A plus that was not encoded.
    ['from=2026-03-01T12:00:00+01:00',                          '2026-03-01T12:00:00+01:00', null],
    ['to=2026-03-01T12:00:00Z&from=2026-03-01T12:00:00Z',       '2026-03-01T13:00:00+01:00', '2026-03-01T13:00:00+01:00'],
    ['tz=europe/berlin&to=2026-03-01',                          null,                        '2026-03-02T00:00:00+01:00'],
  ])('?%s is [%s, %s)', async (query, from, to) => {
    expect((await ask(`/reports/overview?${query}`, 'revenue')).meta.range).toEqual({ from, to });
  });

  // biome-ignore format: a table is read by its columns
  test.each([
    ['whole months',      'from=2026-03-01&to=2026-03-31',            '2026-02-01T00:00:00+01:00'],
    ['whole quarters',    'from=2026-01-01&to=2026-03-31',            '2025-10-01T00:00:00+02:00'],
    ['whole days',        'from=2026-03-23&to=2026-03-29',            '2026-03-16T00:00:00+01:00'],
    ['a day of 23 hours', 'from=2026-03-29&to=2026-03-29',            '2026-03-28T00:00:00+01:00'],
    ['some hours',        'from=2026-03-29T10:00:00Z&to=2026-03-29T16:00:00Z', '2026-03-29T06:00:00+02:00'],
  ])('of %s is compared with as many before', async (_, query, from) => {
    const { meta } = await ask(`/reports/overview?${query}&compare=previous`, 'revenue');
    expect(meta.previous_range).toEqual({ from, to: meta.range.from });
  });
});

describe('meta', () => {
  test('counts the orders whose settlement is still to come', async () => {
    await shop.order('waiting', { lines: [['shoe', 1, 10]] });
    await shop.order('waiting too', { lines: [['shoe', 1, 10]] });
    expect((await ask('/reports/overview', 'revenue')).meta.pending_settlements).toBe(2);
    await api.settle();
    expect((await ask('/reports/overview', 'revenue')).meta.pending_settlements).toBe(0);
  });

  test('says that FULL credit does not add up', async () => {
    const { meta } = await ask('/reports/overview?model=product_full', 'revenue');
    expect(meta).toMatchObject({
      model: 'product_full',
      additive: false,
      note: expect.stringMatching(/reach/),
    });
  });
});

test.each(['summary', 'timeline', 'products', 'orders'])(
  'there is no %s of a campaign that is not there',
  async (name) => {
    const unknown = await api.get(`/campaigns/00000000-0000-4000-8000-000000000000/reports/${name}`);
    expect(unknown.status).toBe(404);
    expect((await api.get(`/campaigns/shoes/reports/${name}`)).status).toBe(404);
  },
);
