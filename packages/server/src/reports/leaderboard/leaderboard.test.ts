import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { reporter } from '../../../test/report.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const shop = openShop(api, 'shop');
const ask = reporter(api);

/** Each story has a month of 2025 to itself. */
const month = (number: number) => {
  const two = String(number).padStart(2, '0');
  const last = new Date(Date.UTC(2025, number, 0)).getUTCDate();
  return {
    at: `2025-${two}-15T12:00:00Z`,
    day: `2025-${two}-15`,
    range: `from=2025-${two}-01&to=2025-${two}-${last}`,
  };
};

const starts_at = '2025-01-01T00:00:00Z';

async function spend(campaign: string, day: string, amount: number, fields: Record<string, unknown> = {}) {
  must(await api.post(`/campaigns/${shop.campaignIds.get(campaign)}/spend`, { day, amount, ...fields }), 201);
}

describe('a parent with two matching children', async () => {
  const { at, day, range } = month(1);
  await shop.product('tree-shoe', { cost: 40 });
  await shop.campaign('Parent', { targets: ['tree-shoe'], platform: 'facebook', starts_at });
  api.clock.advance(1000);
  await shop.campaign('Left', { targets: ['tree-shoe'], parent: 'Parent', starts_at });
  api.clock.advance(1000);
  await shop.campaign('Right', { targets: ['tree-shoe'], parent: 'Parent', starts_at });
  await shop.order('tree', { at, lines: [['tree-shoe', 1, 100]] });
  await spend('Left', day, 10);
  await spend('Right', day, 15);
  await api.settle();

  // biome-ignore format: a table is read by its columns
  test.each([
    ['', [
      'Parent 33.34 20 1 1 0 –',
      'Left 33.33 20 1 1 10 3.333',
      'Right 33.33 20 1 1 15 2.222'],
      '100 60 1 1 25 4'],
    ['&include_children=true', [
      'Parent 100 60 1 1 25 4',
      'Left 33.33 20 1 1 10 3.333',
      'Right 33.33 20 1 1 15 2.222'],
      '100 60 1 1 25 4'],
    ['&model=product_full', [
      'Left 100 60 1 1 10 10',
      'Parent 100 60 1 1 0 –',
      'Right 100 60 1 1 15 6.6667'],
      '100 60 1 1 25 4'],
    // The line that all three match counts once for the tree, and its spend once.
    ['&model=product_full&include_children=true', [
      'Left 100 60 1 1 10 10',
      'Parent 100 60 1 1 25 4',
      'Right 100 60 1 1 15 6.6667'],
      '100 60 1 1 25 4'],
    // On the platform too.
    ['&model=product_full&platform=instagram', [
      'Left 100 60 1 1 10 10',
      'Right 100 60 1 1 15 6.6667'],
      '100 60 1 1 25 4'],
    ['&platform=instagram', [
      'Left 33.33 20 1 1 10 3.333',
      'Right 33.33 20 1 1 15 2.222'],
      '66.66 40 1 1 25 2.6664'],
    ['&limit=1', ['Parent 33.34 20 1 1 0 –'], '100 60 1 1 25 4'],
    // Of several campaigns without a subject of their own, what adds up is known; distinct counts are not.
    ['&status=running', [
      'Parent 33.34 20 1 1 0 –',
      'Left 33.33 20 1 1 10 3.333',
      'Right 33.33 20 1 1 15 2.222'],
      '100 60 – – 25 4'],
    ['&status=paused', [], '0 0 0 0 0 –'],
  ])('answers %j', async (query, rows, totals) => {
    const fields = 'name revenue profit orders lines spend roas';
    const report = await ask(`/reports/leaderboard?${range}${query}`, fields);
    expect(report.rows).toEqual(rows);
    expect(report.totals).toBe(totals);
  });

  test('says that FULL credit shows reach, and gives no total where it would count a sale twice', async () => {
    const { meta } = await ask(`/reports/leaderboard?${range}&model=product_full&status=running`, 'name');
    expect(meta).toMatchObject({
      additive: false,
      totals: null,
      note: expect.stringMatching(/does not add up/),
    });
  });
});

describe('figures', async () => {
  const { at, day, range } = month(2);
  await shop.product('figure-shoe');
  for (const [name, revenue, cost] of [
    ['Sample', 41_500, 33_500],
    ['Twice', 20_000, 10_000],
    ['Half', 15_000, 10_000],
    ['Gift', 500, 0],
    ['Loss', 0, 777.77],
  ] as const) {
    await shop.product(`for-${name}`);
    await shop.campaign(name, { targets: [`for-${name}`], starts_at, platform: 'tiktok' });
    if (revenue > 0) await shop.order(name, { at, lines: [[`for-${name}`, 1, revenue]] });
    if (cost > 0) await spend(name, day, cost);
  }
  await api.settle();

  // biome-ignore format: a table is read by its columns
  test.each([
    ['sort=roi', [
      'Twice 20000 10000 100 2 High ROI',
      'Half 15000 10000 50 1.5 Good ROI',
      'Sample 41500 33500 23.88 1.2388 Standard',
      'Loss 0 777.77 -100 0 Standard',
      'Gift 500 0 – – Standard']],
    ['sort=roi&order=asc', [
      'Loss 0 777.77 -100 0 Standard',
      'Sample 41500 33500 23.88 1.2388 Standard',
      'Half 15000 10000 50 1.5 Good ROI',
      'Twice 20000 10000 100 2 High ROI',
      'Gift 500 0 – – Standard']],
    ['sort=roas&limit=1', ['Twice 20000 10000 100 2 High ROI']],
    ['sort=spend&limit=1', ['Sample 41500 33500 23.88 1.2388 Standard']],
    ['sort=revenue&order=asc&limit=2', [
      'Loss 0 777.77 -100 0 Standard',
      'Gift 500 0 – – Standard']],
  ])('are ranked by %s, the unknown last', async (query, rows) => {
    const report = await ask(`/reports/leaderboard?${range}&${query}`, 'name revenue spend roi roas tier');
    expect(report.rows).toEqual(rows);
    expect(report.meta.row_count).toBe(5);
    expect(report.totals).toMatch(/^77000 54277.77 41.86 1.4186/);
  });

  test('of unknown cost are unknown, not zero, and totals say what they cover', async () => {
    await shop.product('known-cost', { cost: 50 });
    await shop.campaign('Known', { targets: ['known-cost'], starts_at });
    await shop.order('known', { at, lines: [['known-cost', 1, 500]] });
    await api.settle();
    const report = await ask(`/reports/leaderboard?${range}`, 'name profit profit_revenue_share profit_roi');
    expect(report.rows).toContain('Known 450 1 –');
    expect(report.rows).toContain('Gift – 0 –');
    expect(report.rows).toContain('Loss 0 – -100');
    // 500 of 77,500
    expect(report.totals).toMatch(/^450 0.0065/);
  });
});

describe('an order that two campaigns share', async () => {
  const { at, range } = month(4);
  await shop.product('left-sock');
  await shop.product('right-sock');
  await shop.campaign('Only left', { targets: ['left-sock'], starts_at });
  await shop.campaign('Both', { targets: ['left-sock', 'right-sock'], starts_at });
  const lines: [string, number, number][] = [
    ['left-sock', 1, 40],
    ['right-sock', 1, 60],
  ];
  await shop.order('shared', { at, lines });
  await shop.order('right only', { at, lines: [['right-sock', 2, 60]] });
  await api.settle();

  test('counts once for their platform and the shop, and is a part of an order for each', async () => {
    const fields = 'name revenue orders lines average_order_value';
    const board = await ask(`/reports/leaderboard?${range}`, fields);
    // 20 of 100 are a fifth of an order; 80 of 100 and all of 120 are 1.8 of one.
    expect(board.rows).toEqual(['Both 200 2 3 111.11', 'Only left 20 1 1 100']);
    expect(board.totals).toBe('220 2 3 110');
    const platforms = await ask(`/reports/platforms?${range}`, fields.replace('name', 'platform'));
    expect(platforms.rows).toEqual(['instagram 220 2 3 110']);
  });

  test('that is cancelled leaves nothing', async () => {
    await shop.orderStatus('right only', 'cancelled');
    await shop.orderStatus('shared', 'cancelled');
    await api.settle();
    const board = await ask(`/reports/leaderboard?${range}`, 'name revenue orders');
    expect(board.rows).toEqual([]);
    expect(board.totals).toBe('0 0');
  });
});

describe('currencies', async () => {
  const { at, day, range } = month(5);
  await shop.product('world-shoe');
  await shop.campaign('World', { targets: ['world-shoe'], starts_at });
  await shop.order('euro', { at, lines: [['world-shoe', 1, 10]] });
  await shop.order('yen', { at, lines: [['world-shoe', 1, 1_234]], currency: 'JPY' });
  await spend('World', day, 7.5, { currency: 'USD' });
  await api.settle();

  // biome-ignore format: a table is read by its columns
  test.each([
    ['EUR', ['World 10 0 – EUR'],    ['JPY', 'USD']],
    ['JPY', ['World 1234 0 – JPY'],  ['EUR', 'USD']],
    ['USD', ['World 0 7.5 -100 USD'], ['EUR', 'JPY']],
    ['usd', ['World 0 7.5 -100 USD'], ['EUR', 'JPY']],
    ['CHF', [],                      ['EUR', 'JPY', 'USD']],
  ])('stay apart: in %s it says what others there are', async (currency, rows, others) => {
    const report = await ask(`/reports/leaderboard?${range}&currency=${currency}`, 'name revenue spend roi currency');
    expect(report.rows).toEqual(rows);
    expect(report.meta.other_currencies).toEqual(others);
  });

  test('of other ranges are not named', async () => {
    expect((await ask(`/reports/leaderboard?${month(4).range}`, 'name')).meta.other_currencies).toEqual([]);
  });
});

describe('compared with the period before', async () => {
  const { at, day, range } = month(7);
  await shop.product('past-shoe');
  await shop.campaign('Riser', { targets: ['past-shoe'], starts_at });
  await shop.order('june', { at: month(6).at, lines: [['past-shoe', 2, 50]] });
  await shop.order('july', { at, lines: [['past-shoe', 3, 50]] });
  await spend('Riser', month(6).day, 50);
  await spend('Riser', day, 60);
  await api.settle();

  test('a month is compared with the month before, whole', async () => {
    const fields = 'name revenue previous.revenue change.revenue change.spend change.roas change.orders';
    const report = await ask(`/reports/leaderboard?${range}&compare=previous`, fields);
    expect(report.meta.previous_range).toEqual({
      from: '2025-06-01T00:00:00+02:00',
      to: '2025-07-01T00:00:00+02:00',
    });
    expect(report.rows).toEqual(['Riser 150 100 50 20 25 0']);
    expect(report.totals).toBe('150 100 50 20 25 0');
  });
});

test('answers as CSV with the same columns, money with its decimals', async () => {
  const { range } = month(1);
  const csv = (await api.get(`/reports/leaderboard?${range}&limit=1`, { accept: 'text/csv' })).text;
  const id = shop.campaignIds.get('Parent');
  expect(csv.split('\r\n')).toEqual([
    'rank,campaign_id,name,platform,status,parent_campaign_id,tracking_code,units,revenue,profit,profit_revenue_share,orders,lines,spend,roi,roas,profit_roi,average_order_value,tier,currency',
    `1,${id},Parent,facebook,running,,FB_PARENT_01,0.3334,33.34,20.00,1,1,1,0.00,,,,100.00,Standard,EUR`,
    '',
  ]);
  const compared = await api.get(`/reports/leaderboard?${month(7).range}&compare=previous`, {
    accept: 'text/csv',
  });
  const [header, row] = compared.text.split('\r\n').map((line) => line.split(','));
  expect(row![header!.indexOf('previous_revenue')]).toBe('100.00');
  expect(row![header!.indexOf('change_revenue')]).toBe('50');
});
