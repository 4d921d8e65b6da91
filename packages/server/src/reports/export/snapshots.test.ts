import { expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { putClicks } from '../../../test/put-clicks.ts';
import { must, openShop } from '../../../test/shop.ts';
import { type ExportKind, exportRows } from './export-rows.ts';

const timeZone = 'Asia/Kolkata';
const now = new Date('2026-06-01T12:00:00Z');
const api = await startApi({ now: now.toISOString(), settings: { models: ['product_split', 'last_touch'] } });
const shop = openShop(api, 'shop');
await shop.product('shoe');
const campaigns = [await shop.campaign('A'), await shop.campaign('B')];

// Every 50 minutes over three months, of people who come back, and an order of every tenth visit a minute later.
const clicks = Array.from({ length: 2_500 }, (_, place) => ({
  session: `s${place % 700}`,
  campaign_id: campaigns[place % 2]!,
  at: new Date(Date.parse('2026-02-20T00:00:00Z') + place * 50 * 60_000).toISOString(),
}));
await putClicks(api, clicks);
const items = clicks.flatMap(({ session, at }, place) =>
  place % 10 > 0
    ? []
    : {
        ...{
          source: 'shop',
          external_id: `o${place}`,
          session_id: session,
          currency: 'EUR',
          status: 'confirmed',
        },
        ordered_at: new Date(Date.parse(at) + 60_000).toISOString(),
        lines: [{ product: { external_id: 'shoe' }, quantity: 1, unit_price: 10 }],
      },
);
must(await api.post('/orders/batch', { items }), 200, 201);
await api.settle();

type Row = Record<'visits' | 'unique_visitors' | 'conversions' | 'revenue', number> & {
  start: string;
  campaign_id: string;
};

async function exported(
  kind: ExportKind,
  span: { from: Date | null; to: Date | null },
  zone = timeZone,
): Promise<Row[]> {
  const rows: Row[] = [];
  const request = { kind, format: 'ndjson' as const, span };
  for await (const page of exportRows(api.db, request, { timeZone: zone, now }))
    rows.push(...(page.rows as Row[]));
  return rows;
}

test('snapshots of hours and of days are those of the API, and hours add up to days', async () => {
  const everything = { from: null, to: null };
  const daily = await exported('daily_snapshots', everything);
  const hourly = await exported('hourly_snapshots', everything);
  for (const campaign of campaigns) {
    for (const [grain, rows] of [
      ['day', daily],
      ['hour', hourly],
    ] as const) {
      const { data } = must(
        await api.get(`/campaigns/${campaign}/snapshots?grain=${grain}&tz=${timeZone}`),
        200,
      );
      const shown = data
        .filter(({ visits, conversions }: Row) => visits > 0 || conversions > 0)
        .map(({ start, visits, unique_visitors, conversions, revenue }: Row) => ({
          ...{ start, visits, unique_visitors, conversions, revenue },
        }));
      expect(shown.length).toBeGreaterThan(80);
      expect(rows.filter(({ campaign_id }) => campaign_id === campaign)).toMatchObject(shown);
    }
    for (const row of daily.filter(({ campaign_id }) => campaign_id === campaign)) {
      const hours = hourly.filter(
        ({ campaign_id, start }) => campaign_id === campaign && start.slice(0, 10) === row.start.slice(0, 10),
      );
      for (const figure of ['visits', 'conversions', 'revenue'] as const) {
        expect(hours.reduce((sum, hour) => sum + hour[figure], 0)).toBe(row[figure]);
      }
    }
  }
});

test('a span cuts them', async () => {
  const span = { from: new Date('2026-03-01T18:30:00Z'), to: new Date('2026-03-02T18:30:00Z') };
  const rows = await exported('hourly_snapshots', span);
  expect(rows.reduce((sum, { visits }) => sum + visits, 0)).toBe(
    clicks.filter(({ at }) => new Date(at) >= span.from && new Date(at) < span.to).length,
  );
  expect(await exported('daily_snapshots', { from: new Date('2027-01-01T00:00:00Z'), to: null })).toEqual([]);
});

test('where clocks are put back by half an hour, that half hour stands by itself', async () => {
  const campaign_id = await shop.campaign('Lord Howe');
  await putClicks(
    api,
    ['14:40', '14:59', '15:10'].map((time) => ({
      session: time,
      campaign_id,
      at: `2026-04-04T${time}:00Z`,
    })),
  );
  const span = { from: new Date('2026-04-04T13:00:00Z'), to: new Date('2026-04-05T13:00:00Z') };
  const rows = await exported('hourly_snapshots', span, 'Australia/Lord_Howe');
  expect(
    rows
      .filter((row) => row.campaign_id === campaign_id)
      .map(({ start, visits, unique_visitors }) => ({ start, visits, unique_visitors })),
  ).toEqual([
    { start: '2026-04-05T01:00:00+11:00', visits: 2, unique_visitors: 2 },
    { start: '2026-04-05T01:30:00+10:30', visits: 1, unique_visitors: 1 },
  ]);
});

test('credit that was taken back leaves no row, and a span may cut a quarter of an hour', async () => {
  const campaign_id = await shop.campaign('Cut');
  await putClicks(api, [{ session: 'cut', campaign_id, at: '2026-05-20T08:00:00Z' }]);
  const lines: [string, number, number][] = [['shoe', 1, 10]];
  await shop.order('kept', { at: '2026-05-20T10:04:00Z', session_id: 'cut', lines });
  await shop.order('later', { at: '2026-05-20T10:11:00Z', session_id: 'cut', lines });
  await shop.order('gone', { at: '2026-05-20T12:00:00Z', session_id: 'cut', lines });
  await api.settle();
  await shop.orderStatus('gone', 'cancelled');
  await api.settle();
  const rowsOf = async (from: string, to: string) =>
    (await exported('hourly_snapshots', { from: new Date(from), to: new Date(to) }, 'UTC'))
      .filter((row) => row.campaign_id === campaign_id)
      .map(({ start, visits, conversions }) => ({ start, visits, conversions }));
  expect(await rowsOf('2026-05-20T09:00:00Z', '2026-05-20T13:00:00Z')).toEqual([
    { start: '2026-05-20T10:00:00+00:00', visits: 0, conversions: 2 },
  ]);
  expect(await rowsOf('2026-05-20T10:05:00Z', '2026-05-20T13:00:00Z')).toEqual([
    { start: '2026-05-20T10:00:00+00:00', visits: 0, conversions: 1 },
  ]);
});
