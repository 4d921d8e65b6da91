import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { reporter } from '../../../test/report.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({ now: '2026-01-20T12:00:00Z' });
const shop = openShop(api, 'shop');
const ask = reporter(api);
const starts_at = '2025-01-01T00:00:00Z';
const path = (campaign: string, report: string) =>
  `/campaigns/${shop.campaignIds.get(campaign)}/reports/${report}`;
const january = 'from=2026-01-01&to=2026-01-31';
const february = 'from=2026-02-01&to=2026-02-28';

describe('a sale of January that is refunded in February', async () => {
  await shop.product('coat', { cost: 30 });
  await shop.campaign('Coats', { targets: ['coat'], starts_at, platform: 'google' });
  await shop.order('coats', { at: '2026-01-15T12:00:00Z', lines: [['coat', 2, 100]] });
  await api.settle();
  api.clock.set('2026-02-10T12:00:00Z');
  await shop.refund('coats', { external_id: 'r', lines: [{ line_no: 1, quantity: 1, amount: 100 }] });
  await api.settle();

  // biome-ignore format: a table is read by its columns
  test.each([
    ['by sale date January is restated',    `${january}`,                'Coats 1 100 70 1 1 100'],
    ['by sale date February has nothing',   `${february}`,               'Coats 0 0 0 0 0 –'],
    ['as booked January stands as it was',  `${january}&basis=posted`,   'Coats 2 200 140 1 1 –'],
    ['as booked February is negative',      `${february}&basis=posted`,  'Coats -1 -100 -70 0 0 –'],
    ['either way the whole is the same',    'basis=posted',              'Coats 1 100 70 1 1 –'],
  ])('%s', async (_, query, row) => {
    const fields = 'units revenue profit orders lines average_order_value';
    expect((await ask(`${path('Coats', 'summary')}?${query}`, `name ${fields}`)).rows).toEqual([row]);
    const [, units, revenue, profit, orders, lines] = row.split(' ');
    const figures = `${units} ${revenue} ${profit} ${orders} ${lines}`;
    const isNothing = figures === '0 0 0 0 0';
    const products = await ask(`${path('Coats', 'products')}?${query}`, 'name units revenue profit orders lines');
    expect(products.rows).toEqual(isNothing ? [] : [`coat ${figures}`]);
    const orderRows = await ask(`${path('Coats', 'orders')}?${query}`, 'external_id units revenue profit lines');
    expect(orderRows.rows).toEqual(isNothing ? [] : [`coats ${units} ${revenue} ${profit} ${lines}`]);
    const days = await ask(`${path('Coats', 'timeline')}?${query}&interval=month`, 'start revenue');
    expect(days.totals).toBe(revenue);
  });

  test('is booked on its day', async () => {
    const query = 'from=2026-01-01&to=2026-02-28&interval=month';
    const booked = await ask(`${path('Coats', 'timeline')}?${query}&basis=posted`, 'revenue orders');
    expect(booked.rows).toEqual(['200 1', '-100 0']);
    expect((await ask(`${path('Coats', 'timeline')}?${query}`, 'revenue orders')).rows).toEqual([
      '100 1',
      '0 0',
    ]);
    const whole = await ask(
      `/reports/platforms?${february}&basis=posted&platform=google`,
      'platform revenue orders',
    );
    expect(whole.rows).toEqual(['google -100 0']);
  });
});

describe('a tree', async () => {
  api.clock.set('2026-02-15T12:00:00Z');
  await shop.product('left sock', { cost: 2 });
  await shop.product('right sock');
  await shop.campaign('Socks', { targets: ['left sock'], starts_at });
  api.clock.advance(1000);
  await shop.campaign('Left', { targets: ['left sock'], parent: 'Socks', starts_at, platform: 'tiktok' });
  api.clock.advance(1000);
  await shop.campaign('Right', { targets: ['left sock', 'right sock'], parent: 'Socks', starts_at });
  const at = (day: number) => `2025-12-${String(day).padStart(2, '0')}T12:00:00Z`;
  await shop.order('both', {
    at: at(1),
    lines: [
      ['left sock', 1, 10],
      ['right sock', 1, 5],
    ],
  });
  await shop.order('left', { at: at(2), lines: [['left sock', 3, 10]] });
  await shop.order('right', {
    at: at(3),
    lines: [
      ['right sock', 1, 5],
      ['right sock', 1, 4],
    ],
  });
  await api.settle();

  // biome-ignore format: a table is read by its columns
  test.each([
    // model, query, of the campaign alone: name units revenue profit profit_revenue_share orders lines
    ['product_split', 'Socks', '',                       ['left sock 1.3334 13.34 10.67 1 2 2']],
    ['product_split', 'Right', '',                       ['right sock 3 14 – 0 2 3', 'left sock 1.3333 13.33 10.66 1 2 2']],
    ['product_split', 'Socks', '&include_children=true', ['left sock 4 40 32 1 2 2', 'right sock 3 14 – 0 2 3']],
    ['product_full',  'Socks', '&include_children=true', ['left sock 4 40 32 1 2 2', 'right sock 3 14 – 0 2 3']],
    ['product_full',  'Right', '',                       ['left sock 4 40 32 1 2 2', 'right sock 3 14 – 0 2 3']],
    ['product_split', 'Socks', '&include_children=true&platform=tiktok', ['left sock 1.3333 13.33 10.67 1 2 2']],
    ['product_split', 'Socks', '&include_children=true&sort=units&order=asc&limit=1', ['right sock 3 14 – 0 2 3']],
    ['product_split', 'Socks', '&basis=posted&include_children=true', ['left sock 4 40 32 1 2 2', 'right sock 3 14 – 0 2 3']],
    ['product_full',  'Socks', '&basis=posted&include_children=true', ['left sock 4 40 32 1 2 2', 'right sock 3 14 – 0 2 3']],
  ])('under %s %s%s holds products', async (model, campaign, query, rows) => {
    const fields = 'name units revenue profit profit_revenue_share orders lines';
    const report = await ask(`${path(campaign, 'products')}?model=${model}${query}`, fields);
    expect(report.rows).toEqual(rows);
  });

  // biome-ignore format: a table is read by its columns
  test.each([
    ['product_split', 'Socks', '',                       ['left 10 8 1', 'both 3.34 2.67 1']],
    ['product_split', 'Right', '',                       ['right 9 – 2', 'left 10 8 1', 'both 8.33 2.66 2']],
    ['product_split', 'Socks', '&include_children=true', ['right 9 – 2', 'left 30 24 1', 'both 15 8 2']],
    ['product_full',  'Socks', '&include_children=true', ['right 9 – 2', 'left 30 24 1', 'both 15 8 2']],
    ['product_full',  'Socks', '&include_children=true&order=asc', ['both 15 8 2', 'left 30 24 1', 'right 9 – 2']],
    ['product_split', 'Socks', '&include_children=true&sort=revenue', ['left 30 24 1', 'both 15 8 2', 'right 9 – 2']],
    ['product_split', 'Socks', '&include_children=true&sort=profit',  ['left 30 24 1', 'both 15 8 2', 'right 9 – 2']],
    ['product_split', 'Socks', '&include_children=true&sort=profit&order=asc', ['both 15 8 2', 'left 30 24 1', 'right 9 – 2']],
    ['product_split', 'Socks', '&from=2025-12-02&to=2025-12-02', ['left 10 8 1']],
    ['product_split', 'Socks', '&status=paused', []],
  ])('under %s %s%s holds orders', async (model, campaign, query, rows) => {
    const page = `${path(campaign, 'orders')}?model=${model}${query}`;
    expect((await ask(page, 'external_id revenue profit lines')).rows).toEqual(rows);
    // A page at a time it is the same.
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: Awaited<ReturnType<typeof ask>> = await ask(`${page}&limit=1${cursor}`, 'external_id revenue profit lines');
      paged.push(...next.rows);
      cursor = next.meta.next_cursor === null ? null : `&cursor=${next.meta.next_cursor}`;
    }
    expect(paged).toEqual(rows);
  });

  test('answers orders with their sale time in the zone', async () => {
    const { data } = await ask(`${path('Left', 'orders')}?limit=1`, 'external_id');
    expect(data[0]).toEqual({
      order_id: shop.orderIds.get('left'),
      source: 'shop',
      external_id: 'left',
      order_number: null,
      status: 'confirmed',
      sale_time: '2025-12-02T13:00:00+01:00',
      units: 1,
      revenue: 10,
      profit: 8,
      lines: 1,
      currency: 'EUR',
    });
  });

  test('refuses a cursor of another list', async () => {
    const { meta } = await ask(`${path('Socks', 'orders')}?limit=1`, 'external_id');
    const other = await api.get(`${path('Socks', 'orders')}?limit=1&sort=revenue&cursor=${meta.next_cursor}`);
    expect(other.status).toBe(400);
    expect((await api.get(`${path('Socks', 'orders')}?cursor=nonsense`)).status).toBe(400);
  });
});

describe('FULL credit as booked', async () => {
  api.clock.set('2026-03-10T12:00:00Z');
  await shop.product('late');
  await shop.campaign('Above', { targets: ['late'], starts_at });
  await shop.order('late', { at: '2026-03-01T12:00:00Z', lines: [['late', 1, 10]] });
  await api.settle();
  api.clock.set('2026-04-10T12:00:00Z');
  await shop.campaign('Below', { targets: ['late'], parent: 'Above', starts_at });
  await api.settle();

  // biome-ignore format: a table is read by its columns
  test.each([
    // The child came a month later: for the tree nothing was booked then, it held the line already.
    ['Above', 'from=2026-03-01&to=2026-03-31', '', '10 1'],
    ['Above', 'from=2026-04-01&to=2026-04-30', '', ''],
    ['Below', 'from=2026-04-01&to=2026-04-30', '', '10 1'],
    ['Above', 'from=2026-03-01&to=2026-03-31', '&include_children=true', '10 1'],
    ['Above', 'from=2026-04-01&to=2026-04-30', '&include_children=true', ''],
    ['Above', 'from=2026-03-01&to=2026-04-30', '&include_children=true', '10 1'],
  ])('of %s, %s%s', async (campaign, range, children, row) => {
    const query = `${range}${children}&basis=posted&model=product_full`;
    const products = await ask(`${path(campaign, 'products')}?${query}`, 'revenue orders');
    expect(products.rows).toEqual(row === '' ? [] : [row]);
    const summary = await ask(`${path(campaign, 'summary')}?${query}`, 'revenue orders');
    expect(summary.rows).toEqual([row || '0 0']);
  });
});

test('a moved sale is booked at both times, and stands at the new one', async () => {
  api.clock.set('2026-05-10T12:00:00Z');
  await shop.product('moved');
  await shop.campaign('Mover', { targets: ['moved'], starts_at });
  await shop.order('moved', { at: '2026-05-01T12:00:00Z', lines: [['moved', 1, 10]] });
  await api.settle();
  api.clock.set('2026-06-10T12:00:00Z');
  await shop.order('moved', { at: '2026-04-20T12:00:00Z', lines: [['moved', 1, 10]] });
  await api.settle();
  const may = await ask(`${path('Mover', 'orders')}?from=2026-05-01&to=2026-05-31`, 'external_id revenue');
  expect(may.rows).toEqual([]);
  const april = await ask(`${path('Mover', 'orders')}?from=2026-04-01&to=2026-04-30`, 'external_id revenue');
  expect(april.rows).toEqual(['moved 10']);
  const june = await ask(
    `${path('Mover', 'orders')}?from=2026-06-01&to=2026-06-30&basis=posted`,
    'sale_time revenue',
  );
  expect(june.rows).toEqual(['2026-05-01T14:00:00+02:00 -10', '2026-04-20T14:00:00+02:00 10']);
});

test('compares products and summaries with the period before', async () => {
  const query = 'from=2025-12-02&to=2025-12-02&compare=previous';
  const summary = await ask(`${path('Left', 'summary')}?${query}`, 'revenue previous.revenue change.revenue');
  expect(summary.rows).toEqual(['10 3.33 200.3']);
  const products = await ask(
    `${path('Right', 'products')}?${query}`,
    'name revenue previous.revenue change.revenue',
  );
  expect(products.rows).toEqual(['left sock 10 3.33 200.3']);
});

test('answers as CSV', async () => {
  const csv = async (report: string) =>
    (await api.get(path('Left', report), { accept: 'text/csv' })).text.split('\r\n').slice(0, 2);
  const product = shop.productIds.get('left sock');
  const order = shop.orderIds.get('left');
  const campaign = shop.campaignIds.get('Left');
  const parent = shop.campaignIds.get('Socks');
  expect(await csv('products')).toEqual([
    'rank,product_id,external_id,sku,name,category,units,revenue,profit,profit_revenue_share,orders,lines,currency',
    `1,${product},left sock,,left sock,,1.3333,13.33,10.67,1,2,2,EUR`,
  ]);
  expect(await csv('orders')).toEqual([
    'order_id,source,external_id,order_number,status,sale_time,units,revenue,profit,lines,currency',
    `${order},shop,left,,confirmed,2025-12-02T13:00:00+01:00,1,10.00,8.00,1,EUR`,
  ]);
  expect(await csv('summary')).toEqual([
    'campaign_id,name,platform,status,parent_campaign_id,tracking_code,units,revenue,profit,profit_revenue_share,orders,lines,spend,roi,roas,profit_roi,average_order_value,tier,currency',
    `${campaign},Left,tiktok,running,${parent},TIKTOK_LEFT_01,1.3333,13.33,10.67,1,2,2,0.00,,,,24.00,Standard,EUR`,
  ]);
});

test('a part of a tree that is several campaigns cannot be asked under FULL', async () => {
  const reply = await api.get(
    `${path('Socks', 'summary')}?include_children=true&platform=instagram&model=product_full`,
  );
  expect(reply.status).toBe(422);
  expect(reply.body.error.fields[0].path).toBe('platform');
  const one = must(await api.get(`${path('Socks', 'summary')}?status=running&model=product_full`), 200);
  expect(one.data).toMatchObject({ revenue: 40, orders: 2 });
});
