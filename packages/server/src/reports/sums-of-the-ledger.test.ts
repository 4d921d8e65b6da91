import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';
import { formatMoney } from '../vocabulary/money.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';
import { mostRows } from './ask/report-query.ts';

const api = await startApi({ now: '2026-01-01T00:00:00Z' });
const start = Date.parse('2026-03-27T00:00:00Z');
const span = 5 * 24 * 3_600_000;

const instant = fc.oneof(
  fc.integer({ min: 0, max: span }),
  fc.integer({ min: 0, max: 20 }).map((step) => step * 6 * 3_600_000),
);
const line = fc.record({
  product: fc.integer({ min: 0, max: 3 }),
  quantity: fc.integer({ min: 1, max: 3 }),
  price: fc.integer({ min: 0, max: 10_000 }),
});
const story = fc.record({
  campaigns: fc.array(
    fc.record({
      parent: fc.integer({ min: -1, max: 4 }),
      platform: fc.constantFrom('instagram', 'google'),
      products: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1 }),
      late: fc.boolean(),
    }),
    { minLength: 2, maxLength: 5 },
  ),
  orders: fc.array(
    fc.record({
      at: instant,
      lines: fc.array(line, { minLength: 1, maxLength: 3 }),
      currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
      after: fc.constantFrom('nothing', 'nothing', 'refund', 'cancel', 'move'),
    }),
    { minLength: 1, maxLength: 8 },
  ),
});
const question = fc.record({
  bounds: fc.tuple(instant, instant),
  model: fc.constantFrom('product_split', 'product_full'),
  basis: fc.constantFrom('sale', 'posted'),
  include_children: fc.boolean(),
  currency: fc.constantFrom('EUR', 'EUR', 'USD'),
});

test('any report is the sum of the ledger entries it is about', { timeout: 120_000 }, async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(story, fc.array(question, { minLength: 5, maxLength: 5 }), async (facts, questions) => {
      told += 1;
      await tell(facts, `story ${told}`);
      const ledger = await readLedger();
      for (const asked of questions) await compare(asked, ledger);
    }),
    // The stories add up in one ledger, so that a shorter one would be another one.
    { numRuns: 6, endOnFailure: true },
  );
});

async function tell(
  { campaigns, orders }: typeof story extends fc.Arbitrary<infer S> ? S : never,
  name: string,
) {
  const shop = openShop(api, name);
  for (const product of [0, 1, 2, 3])
    await shop.product(`${product}`, product === 0 ? {} : { cost: product });
  const create = async (late: boolean) => {
    for (const [place, campaign] of campaigns.entries()) {
      if (campaign.late !== late) continue;
      const parent = shop.campaignIds.has(`${campaign.parent}`) ? { parent: `${campaign.parent}` } : {};
      await shop.campaign(`${place}`, {
        ...parent,
        targets: campaign.products.map(String),
        platform: campaign.platform,
        starts_at: '2026-01-01T00:00:00Z',
      });
    }
  };
  const record = async (moved: boolean) => {
    for (const [place, { at, lines, currency, after }] of orders.entries()) {
      if (moved && after !== 'move') continue;
      const ordered_at = new Date(start + (moved ? (at * 7) % span : at)).toISOString();
      await shop.order(`${place}`, {
        at: ordered_at,
        currency,
        lines: lines.map(({ product, quantity, price }) => [`${product}`, quantity, price / 100]),
      });
    }
  };
  api.clock.set(new Date(start + span / 4));
  await create(false);
  await record(false);
  await api.settle();
  api.clock.set(new Date(start + span / 2 + 1));
  await create(true);
  await api.settle();
  api.clock.set(new Date(start + (3 * span) / 4));
  await record(true);
  for (const [place, { after, lines }] of orders.entries()) {
    const worth = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
    const refunded = Math.ceil(worth / 3);
    if (after === 'cancel') await shop.orderStatus(`${place}`, 'cancelled');
    if (after === 'refund' && refunded > 0)
      await shop.refund(`${place}`, { external_id: 'r', amount: refunded / 100 });
  }
  await api.settle();
}

type Entry = {
  order_id: string;
  line_no: number;
  campaign_id: string;
  model: string;
  currency: string;
  quantity_e4: bigint;
  revenue_minor: bigint;
  profit_minor: bigint | null;
  sale_time: Date;
  posted_at: Date;
};
type Campaign = { id: string; parent_campaign_id: string | null; platform: string };
type Ledger = { entries: Entry[]; campaigns: Campaign[] };

async function readLedger(): Promise<Ledger> {
  const { rows: entries } = await sql<Entry>`
    select e.*, m.model from credit_entries e join attribution_models m on m.id = e.model_version_id`.execute(
    api.db,
  );
  const campaigns = await api.db
    .selectFrom('campaigns')
    .select(['id', 'parent_campaign_id', 'platform'])
    .where('channel', 'is', null)
    .execute();
  return { entries, campaigns };
}

type Asked = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

async function compare(asked: Asked, { entries, campaigns }: Ledger): Promise<void> {
  const [from, to] = asked.bounds
    .map((offset) => new Date(start + offset))
    .sort((a, b) => a.getTime() - b.getTime());
  const { model, basis, include_children, currency } = asked;
  const query = `from=${from!.toISOString()}&to=${to!.toISOString()}&model=${model}&basis=${basis}&currency=${currency}`;
  const ours = entries.filter((entry) => entry.model === model && entry.currency === currency);
  const expected = (ids: string[]) => {
    const held = ours.filter(({ campaign_id }) => ids.includes(campaign_id));
    if (basis === 'sale') {
      const sold = held.filter(({ sale_time }) => sale_time >= from! && sale_time < to!);
      return show(measure(sold, model), currency);
    }
    const [after, before] = [to!, from!].map((end) =>
      measure(
        held.filter(({ posted_at }) => posted_at < end),
        model,
      ),
    );
    return show(minus(after!, before!), currency);
  };
  const tree = (id: string): string[] => [
    id,
    ...campaigns
      .filter(({ parent_campaign_id }) => parent_campaign_id === id)
      .flatMap((child) => tree(child.id)),
  ];

  const board = must(
    await api.get(`/reports/leaderboard?${query}&include_children=${include_children}&limit=${mostRows}`),
    200,
  );
  const rows = new Map<string, Shown>(
    board.data.map((row: Shown & { campaign_id: string }) => [row.campaign_id, row]),
  );
  for (const { id } of campaigns) {
    expect(pick(rows.get(id))).toEqual(expected(include_children ? tree(id) : [id]));
  }
  expect(pick(board.meta.totals)).toEqual(expected(campaigns.map(({ id }) => id)));

  const platforms = must(await api.get(`/reports/platforms?${query}`), 200);
  for (const platform of ['instagram', 'google']) {
    const row = platforms.data.find((each: { platform: string }) => each.platform === platform);
    const ids = campaigns.filter((campaign) => campaign.platform === platform).map(({ id }) => id);
    expect(pick(row)).toEqual(expected(ids));
  }

  const { id } = campaigns[asked.bounds[0] % campaigns.length]!;
  const ids = include_children ? tree(id) : [id];
  for (const report of ['products', 'orders', 'timeline']) {
    const interval = report === 'timeline' ? `&interval=${include_children ? 'hour' : 'day'}` : '';
    const path = `/campaigns/${id}/reports/${report}?${query}&include_children=${include_children}&limit=${mostRows}${interval}`;
    const { data } = must(await api.get(path), 200);
    // In ten-thousandths, since cents do not add up in floating point: it once came to minus zero.
    const sum = (name: keyof Shown) =>
      data.reduce((total: number, row: Shown) => total + Math.round((row[name] ?? 0) * 10_000), 0) / 10_000;
    const whole = expected(ids);
    expect({
      report,
      units: sum('units'),
      revenue: sum('revenue'),
      profit: sum('profit'),
      lines: sum('lines'),
    }).toEqual({
      report,
      ...whole,
      orders: undefined,
    });
  }
}

type Sums = { units: bigint; revenue: bigint; profit: bigint; orders: bigint; lines: bigint };
type Shown = { units: number; revenue: number; profit: number; orders: number; lines: number };

/** What entries come to, counting a line and an order once; FULL repeats a line for each campaign. */
function measure(entries: Entry[], model: string): Sums {
  const lines = new Map<string, Map<string, { units: bigint; revenue: bigint; profit: bigint }>>();
  for (const entry of entries) {
    const key = `${entry.order_id}|${entry.sale_time.getTime()}|${entry.line_no}`;
    const byCampaign = lines.get(key) ?? new Map();
    lines.set(key, byCampaign);
    const sum = byCampaign.get(entry.campaign_id) ?? { units: 0n, revenue: 0n, profit: 0n };
    byCampaign.set(entry.campaign_id, {
      units: sum.units + entry.quantity_e4,
      revenue: sum.revenue + entry.revenue_minor,
      profit: sum.profit + (entry.profit_minor ?? 0n),
    });
  }
  const total: Sums = { units: 0n, revenue: 0n, profit: 0n, orders: 0n, lines: 0n };
  const orders = new Set<string>();
  for (const [key, byCampaign] of lines) {
    const held = [...byCampaign.values()].filter(({ units, revenue, profit }) => units || revenue || profit);
    const counted = model === 'product_full' ? held.slice(0, 1) : held;
    const units = counted.reduce((sum, each) => sum + each.units, 0n);
    const revenue = counted.reduce((sum, each) => sum + each.revenue, 0n);
    total.units += units;
    total.revenue += revenue;
    total.profit += counted.reduce((sum, each) => sum + each.profit, 0n);
    if (units === 0n && revenue === 0n) continue;
    total.lines += 1n;
    orders.add(key.slice(0, key.lastIndexOf('|')));
  }
  return { ...total, orders: BigInt(orders.size) };
}

function minus(a: Sums, b: Sums): Sums {
  return {
    units: a.units - b.units,
    revenue: a.revenue - b.revenue,
    profit: a.profit - b.profit,
    orders: a.orders - b.orders,
    lines: a.lines - b.lines,
  };
}

function show(sums: Sums, currency: string): Shown {
  return {
    units: formatQuantity(sums.units),
    revenue: formatMoney(sums.revenue, currency),
    profit: formatMoney(sums.profit, currency),
    orders: Number(sums.orders),
    lines: Number(sums.lines),
  };
}

/** The same fields of a row; a row that is absent is nothing, and unknown profit adds nothing. */
function pick(row: Shown | undefined): Shown {
  const { units = 0, revenue = 0, profit = 0, orders = 0, lines = 0 } = row ?? {};
  return { units, revenue, profit: profit ?? 0, orders, lines };
}
