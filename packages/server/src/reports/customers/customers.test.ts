import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { reporter } from '../../../test/report.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({
  now: '2026-03-10T12:00:00Z',
  settings: { models: ['product_full', 'product_split', 'last_touch'] },
});
const shop = openShop(api, 'shop');
const ask = reporter(api);
const starts_at = '2025-01-01T00:00:00Z';

for (const product of ['shoe', 'sock', 'bag']) await shop.product(product);
await shop.campaign('Shoes', { targets: ['shoe'], starts_at });
api.clock.advance(1000);
await shop.campaign('Socks', { targets: ['sock'], starts_at, parent: 'Shoes', platform: 'tiktok' });

const buy = (order: string, who: string | null, at: string, ...lines: [string, number][]) =>
  shop.order(order, {
    at,
    customer: who === null ? null : { external_id: who },
    lines: lines.map(([product, price]) => [product, 1, price]),
  });

// Anna comes by Shoes in January and buys for 300 in all; Ben by Socks on the last evening of January in Berlin.
await buy('a1', 'anna', '2026-01-10T12:00:00Z', ['shoe', 100]);
await buy('a2', 'anna', '2026-02-10T12:00:00Z', ['bag', 150]);
await buy('a3', 'anna', '2026-03-01T12:00:00Z', ['sock', 50]);
await buy('b1', 'ben', '2026-01-31T22:30:00Z', ['sock', 20]);
// Carl's first order is nobody's; Shoes acquires him in February. Dora's is shared: most of it is of Socks.
await buy('c1', 'carl', '2026-01-05T12:00:00Z', ['bag', 70]);
await buy('c2', 'carl', '2026-02-05T12:00:00Z', ['shoe', 30]);
await buy('d1', 'dora', '2026-02-20T12:00:00Z', ['shoe', 10], ['sock', 40]);
// A guest and a cancelled order acquire nobody; another currency is another report.
await buy('g1', null, '2026-01-10T12:00:00Z', ['shoe', 1000]);
await buy('e1', 'eve', '2026-01-11T12:00:00Z', ['shoe', 999]);
await shop.orderStatus('e1', 'cancelled');
await shop.order('f1', {
  at: '2026-01-12T12:00:00Z',
  customer: { external_id: 'fred' },
  currency: 'USD',
  lines: [['shoe', 1, 500]],
});
const spend = (campaign: string, day: string, amount: number) =>
  api.post(`/campaigns/${shop.campaignIds.get(campaign)}/spend`, { day, amount });
must(await spend('Shoes', '2026-01-15', 60), 201);
must(await spend('Socks', '2026-02-15', 25), 201);
await api.settle();

const fields =
  'customers new_customer_revenue new_customer_orders spend cac revenue_to_date orders_to_date ltv ltv_to_cac';

describe('customers by acquisition campaign', () => {
  // biome-ignore format: a table is read by its columns
  test.each([
    ['of all time', '', [
      'Shoes 2 110 2 60 30 400 5 200 6.6667',
      'Socks 2 60 2 25 12.5 70 2 35 2.8',
    ], '4 170 4 85 21.25 470 7 117.5 5.5294'],
    ['of January in Berlin', 'from=2026-01-01&to=2026-01-31', [
      'Shoes 1 100 1 60 60 300 3 300 5',
      'Socks 1 20 1 0 0 20 1 20 –',
    ], '2 120 2 60 30 320 4 160 5.3333'],
    ['of the last evening of January', 'from=2026-01-31T22:15:00Z&to=2026-01-31T22:31:00Z', [
      'Socks 1 20 1 0 0 20 1 20 –',
    ], '1 20 1 0 0 20 1 20 –'],
    ['with all below', 'include_children=true', [
      'Shoes 4 170 4 85 21.25 470 7 117.5 5.5294',
      'Socks 2 60 2 25 12.5 70 2 35 2.8',
    ], '4 170 4 85 21.25 470 7 117.5 5.5294'],
    ['of a platform', 'platform=tiktok', ['Socks 2 60 2 25 12.5 70 2 35 2.8'], '2 60 2 25 12.5 70 2 35 2.8'],
    ['of a status', 'status=paused', [], '0 0 0 0 – 0 0 – –'],
    ['in dollars', 'currency=USD', ['Shoes 1 500 1 0 0 500 1 500 –'], '1 500 1 0 0 500 1 500 –'],
    ['by what they cost', 'sort=cac&order=asc&limit=1', ['Socks 2 60 2 25 12.5 70 2 35 2.8'], '4 170 4 85 21.25 470 7 117.5 5.5294'],
    ['under FULL, which does not add up', 'model=product_full', [
      'Shoes 2 110 2 60 30 400 5 200 6.6667',
      'Socks 2 60 2 25 12.5 70 2 35 2.8',
    ], '4 – – 85 21.25 470 7 117.5 5.5294'],
  ])('%s', async (_, query, rows, totals) => {
    const report = await ask(`/reports/customers?${query}`, `name ${fields}`);
    expect(report.rows).toEqual(rows);
    expect(report.totals).toBe(totals);
  });

  test('and month, in any zone', async () => {
    const range = 'from=2026-01-01&to=2026-02-28';
    const berlin = await ask(`/reports/customers?${range}&by=campaign_month`, 'month name customers ltv');
    expect(berlin.rows).toEqual([
      '2026-01 Shoes 1 300',
      '2026-01 Socks 1 20',
      '2026-02 Shoes 1 100',
      '2026-02 Socks 1 50',
    ]);
    const tokyo = await ask(
      `/reports/customers?${range}&by=campaign_month&tz=Asia/Tokyo`,
      'month name customers ltv',
    );
    expect(tokyo.rows).toEqual(['2026-01 Shoes 1 300', '2026-02 Socks 2 35', '2026-02 Shoes 1 100']);
    const months = await ask(
      '/reports/customers?by=month',
      'month name customers spend cac new_customer_revenue',
    );
    expect(months.rows).toEqual(['2026-01 – 2 60 30 120', '2026-02 – 2 25 12.5 50', '2026-03 – 0 0 – 0']);
  });

  test('compared with the period before', async () => {
    const query = 'from=2026-02-01&to=2026-02-28&compare=previous';
    const report = await ask(
      `/reports/customers?${query}`,
      'name customers previous.customers change.revenue_to_date',
    );
    expect(report.rows).toEqual(['Shoes 1 1 -66.67', 'Socks 1 1 150']);
    const months = await ask(
      `/reports/customers?${query}&by=month`,
      'month customers previous.customers change.spend',
    );
    expect(months.rows).toEqual(['2026-02 2 2 -58.33']);
  });

  test('as CSV', async () => {
    const reply = await api.get('/reports/customers?platform=tiktok', { accept: 'text/csv' });
    expect(reply.text.split('\r\n').slice(0, 2)).toEqual([
      'rank,month,campaign_id,name,platform,status,parent_campaign_id,tracking_code,customers,new_customer_revenue,new_customer_orders,spend,cac,revenue_to_date,orders_to_date,ltv,ltv_to_cac,currency',
      `1,,${shop.campaignIds.get('Socks')},Socks,tiktok,running,${shop.campaignIds.get('Shoes')},TIKTOK_SOCKS_01,2,60.00,2,25.00,12.50,70.00,2,35.00,2.8,EUR`,
    ]);
  });

  test('is not asked as booked', async () => {
    expect((await api.get('/reports/customers?basis=posted')).body.error.fields[0].path).toBe('basis');
  });

  test('tells an advertiser of their own campaigns, and not what else their customers bought', async () => {
    must(await api.patch(`/campaigns/${shop.campaignIds.get('Socks')}`, { owner: 'Acme' }), 200);
    const key = must(
      await api.post('/api-keys', { name: 'acme', role: 'advertiser', owner_scope: ['Acme'] }),
      201,
    ).data.key;
    const { body } = await api.get('/reports/customers', { authorization: `Bearer ${key}` });
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({ name: 'Socks', customers: 2, new_customer_revenue: 60, ltv: null });
    expect(body.meta.totals).toMatchObject({ customers: 2, revenue_to_date: null, orders_to_date: null });
  });
});

describe('one customer', async () => {
  const { data } = must(await api.get('/customers?limit=100'), 200);
  const id = (name: string) =>
    data.find((customer: { external_id: string }) => customer.external_id === name).id;

  test('was acquired by the campaign that holds most of their first credited order', async () => {
    const { body } = await api.get(`/customers/${id('dora')}/acquisition?model=product_split`);
    expect(body.data).toMatchObject({
      customer_id: id('dora'),
      model: 'product_split',
      first_order: { external_id: 'd1', revenue: 50 },
      acquisition: {
        name: 'Socks',
        acquired_at: '2026-02-20T13:00:00+01:00',
        credits: [
          { name: 'Socks', revenue: 40 },
          { name: 'Shoes', revenue: 10 },
        ],
      },
      to_date: [{ orders: 1, revenue: 50, currency: 'EUR' }],
    });
    const carl = (await api.get(`/customers/${id('carl')}/acquisition?model=product_split`)).body.data;
    expect(carl).toMatchObject({
      first_order: { external_id: 'c1' },
      acquisition: { order: { external_id: 'c2' } },
    });
  });

  test('whose orders are all uncounted was acquired by nobody', async () => {
    const { body } = await api.get(`/customers/${id('eve')}/acquisition?model=product_split`);
    expect(body.data).toMatchObject({ first_order: null, acquisition: null, to_date: [] });
  });

  test('has a history with campaigns', async () => {
    const history = await ask(
      `/customers/${id('anna')}/campaign-history?model=product_split`,
      'name first_at last_at visits orders units revenue currency is_acquisition',
    );
    expect(history.rows).toEqual([
      'Shoes 2026-01-10T13:00:00+01:00 2026-01-10T13:00:00+01:00 0 1 1 100 EUR true',
      'Socks 2026-03-01T13:00:00+01:00 2026-03-01T13:00:00+01:00 0 1 1 50 EUR false',
    ]);
  });

  test('is asked for under last touch where no model is named, and must exist', async () => {
    expect((await api.get(`/customers/${id('anna')}/acquisition`)).body.meta.model).toBe('last_touch');
    expect((await api.get(`/customers/${id('anna')}/acquisition?model=none`)).status).toBe(422);
    const nobody = '0192f7a0-0000-7000-8000-000000000000';
    expect((await api.get(`/customers/${nobody}/acquisition`)).status).toBe(404);
    expect((await api.get(`/customers/${nobody}/campaign-history`)).status).toBe(404);
  });
});
