import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must, openShop } from '../../../test/shop.ts';
import { sumVisits } from '../../rollups/index.ts';

// Every report of visits beside a plain count of what was sent: visits and orders on the edges of quarter hours and a
// millisecond beside them, over three days around each change of clocks.
const changes = ['2025-03-09', '2025-03-30', '2025-10-26', '2025-11-02'];
const api = await startApi({ now: '2025-12-20T12:00:00Z', settings: { models: ['last_touch'] } });
const shop = openShop(api, 'shop');
const tree = ['Parent', 'Post', 'Video'];
const ids = new Map<string, string>();
for (const [name, platform] of [
  ['Parent', 'multi'],
  ['Post', 'instagram'],
  ['Video', 'tiktok'],
  ['Other', 'instagram'],
] as const) {
  const below = name === 'Post' || name === 'Video' ? { parent: 'Parent' } : {};
  ids.set(name, await shop.campaign(name, { platform, tracking_code: `${name}_1`, ...below }));
}

const hourMs = 3_600_000;
const instants = (everyMinutes: number) =>
  changes.flatMap((change) =>
    Array.from({ length: (72 * 60) / everyMinutes }, (_, place) => {
      const edge = Date.parse(`${change}T00:00:00Z`) - 24 * hourMs + place * everyMinutes * 60_000;
      return edge + ((place % 3) - 1);
    }),
  );
const visits = instants(45).map((at, place) => ({
  at,
  session: `s${place % 17}`,
  campaign: ['Post', 'Video', 'Other', 'Parent', 'Post'][place % 5]!,
}));
const people: Record<string, string> = { s1: 'ada', s2: 'ada', s5: 'bob', s11: 'bob' };
const personOf = (session: string) => people[session] ?? session;
const orders = instants(75).map((at, place) => {
  const session = `s${place % 19}`;
  const seen = visits.filter(
    (visit) =>
      personOf(visit.session) === personOf(session) && visit.at <= at && visit.at > at - 720 * hourMs,
  );
  const total_minor = 1_000 + place * 7;
  return {
    at,
    session,
    external_id: `o${place}`,
    total_minor,
    campaign: seen.at(-1)?.campaign,
    touched: new Set(seen.map(({ campaign }) => campaign)),
  };
});

const identities = Object.entries(people).map(([session_id, customer_id]) => ({
  ...{ session_id, customer_id, source: 'shop', identified_at: '2025-01-01T00:00:00Z' },
}));
must(await api.post('/identities/batch', { identities }), 200);
const rows = visits.map(({ at, session, campaign }) => ({
  session_id: session,
  tracking_code: `${campaign}_1`,
  visited_at: new Date(at).toISOString(),
}));
must(await api.post('/visits/batch', { visits: rows.filter((_, place) => place % 3 > 0) }), 200);
const items = orders.map(({ at, session, external_id, total_minor }) => ({
  ...{ source: 'shop', external_id, currency: 'EUR', status: 'confirmed', session_id: session },
  ordered_at: new Date(at).toISOString(),
  total: total_minor / 100,
}));
must(await api.post('/orders/batch', { items }), 200);
await api.settle();
// Some are summed, some come after the instant up to which they are, and some come late for days that are.
await sumVisits(api.db, new Date('2025-10-26T01:20:00Z'));
must(await api.post('/visits/batch', { visits: rows }), 200);
await api.settle();

type Span = { from: number; to: number };
const within = ({ from, to }: Span) => {
  return ({ at }: { at: number }) => at >= from && at < to;
};

function plainly(campaigns: string[], span: Span) {
  const seen = visits.filter(within(span)).filter(({ campaign }) => campaigns.includes(campaign));
  const won = orders.filter(within(span)).filter(({ campaign = '' }) => campaigns.includes(campaign));
  return {
    visits: seen.length,
    unique_visitors: new Set(seen.map(({ session }) => personOf(session))).size,
    conversions: won.length,
    revenue: won.reduce((sum, { total_minor }) => sum + total_minor, 0) / 100,
  };
}

const names = ['visits', 'unique_visitors', 'conversions', 'revenue'] as const;
type Row = Record<(typeof names)[number], number> & { start: string; end: string };
const figures = (row: Row) => Object.fromEntries(names.map((name) => [name, row[name]]));
const spanOf = ({ start, end }: Row): Span => ({ from: Date.parse(start), to: Date.parse(end) });

/** The instant at which a day of a zone begins, as PostgreSQL knows it. */
async function startOf(day: string, zone: string): Promise<number> {
  const { rows } = await api.pool.query('select $1::timestamp at time zone $2 as start', [day, zone]);
  return rows[0].start.getTime();
}

const zones = ['Asia/Kolkata', 'Asia/Kathmandu', 'America/St_Johns', 'Europe/Berlin', 'Australia/Lord_Howe'];
const asked = zones.flatMap((zone) => changes.map((change) => [zone, change] as const));

describe.each(asked)('in %s around %s', (zone, change) => {
  const day = (more: number) => new Date(Date.parse(change) + more * 24 * hourMs).toISOString().slice(0, 10);
  const range = `from=${day(-1)}&to=${day(1)}&tz=${zone}`;
  const ask = async (path: string) => must(await api.get(path), 200);
  const spanAsked = async () => ({ from: await startOf(day(-1), zone), to: await startOf(day(2), zone) });

  test('a campaign and a tree, its children and platforms are what was sent', async () => {
    const span = await spanAsked();
    const { data } = await ask(`/campaigns/${ids.get('Parent')}/analytics?${range}&include_children=true`);
    expect(figures({ ...data, visits: data.total_visits })).toEqual(plainly(tree, span));
    for (const child of data.children) expect(figures(child)).toEqual(plainly([child.name], span));
    const names = { multi: 'Parent', instagram: 'Post', tiktok: 'Video' };
    for (const { platform, ...row } of data.platforms as (Row & { platform: keyof typeof names })[]) {
      expect(figures(row)).toEqual(plainly([names[platform]], span));
    }
    const other = (await ask(`/campaigns/${ids.get('Other')}/analytics?${range}`)).data;
    expect(figures({ ...other, visits: other.total_visits })).toEqual(plainly(['Other'], span));
    const pair = `${ids.get('Post')},${ids.get('Other')}`;
    const compared = (await ask(`/campaigns/compare?ids=${pair}&${range}`)).data.campaigns;
    expect(compared.map(figures)).toEqual([plainly(['Post'], span), plainly(['Other'], span)]);
  });

  test.each(['hour', 'day', 'week', 'month'])('every %s is, from end to end', async (interval) => {
    const span = await spanAsked();
    const of = `/campaigns/${ids.get('Parent')}`;
    const timeline = await ask(`${of}/timeline?${range}&include_children=true&interval=${interval}`);
    const data: Row[] = timeline.data;
    expect([spanOf(data[0]!).from, spanOf(data.at(-1)!).to]).toEqual([span.from, span.to]);
    expect(data.slice(1).map(({ start }) => start)).toEqual(data.slice(0, -1).map(({ end }) => end));
    expect(data.map(figures)).toEqual(data.map((row) => plainly(tree, spanOf(row))));
    if (interval === 'week' || interval === 'month') return;
    const snapshots = await ask(`${of}/snapshots?${range}&include_children=true&grain=${interval}`);
    expect(snapshots.data.map(figures)).toEqual(data.map(figures));
  });

  test('rankings, lists, paths and overlap are', async () => {
    const span = await spanAsked();
    const sold = orders.filter(within(span));
    const board = await ask(`/campaigns/leaderboard?${range}&sort=unique_visitors`);
    for (const row of board.data) expect(figures(row)).toEqual(plainly([row.name], span));
    const everything = plainly([...ids.keys()], span);
    const overview = (await ask(`/campaigns/analytics/overview?${range}`)).data;
    expect([overview.orders, overview.revenue]).toEqual([everything.conversions, everything.revenue]);
    const listed = await ask(
      `/campaigns/${ids.get('Parent')}/visits?${range}&include_children=true&limit=200`,
    );
    expect(listed.data).toHaveLength(plainly(tree, span).visits);
    const won = await ask(`/campaigns/${ids.get('Post')}/conversions?${range}&limit=200`);
    expect(won.data.map((row: { external_id: string }) => row.external_id).sort()).toEqual(
      sold
        .filter(({ campaign }) => campaign === 'Post')
        .map(({ external_id }) => external_id)
        .sort(),
    );
    const { summary } = (await ask(`/reports/paths?${range}`)).meta;
    expect(summary).toMatchObject({ conversions: sold.filter(({ touched }) => touched.size > 0).length });
    for (const row of (await ask(`/reports/touch-overlap?${range}`)).data) {
      const both = sold.filter(({ touched }) => touched.has(row.name) && touched.has(row.other_name));
      expect(row.orders).toBe(both.length);
    }
  });
});
