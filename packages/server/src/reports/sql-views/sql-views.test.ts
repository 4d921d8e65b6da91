import { codes } from 'currency-codes';
import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must, openShop } from '../../../test/shop.ts';
import { moneyText } from '../../vocabulary/money.ts';

const api = await startApi({ now: '2026-02-10T12:00:00Z' });
const shop = openShop(api, 'shop');
const starts_at = '2025-01-01T00:00:00Z';

await shop.product('shoe', { cost: 40 });
await shop.product('gift');
for (const campaign of ['A', 'B', 'C']) {
  await shop.campaign(campaign, { targets: ['shoe', 'gift'], starts_at });
  api.clock.advance(1000);
}
await shop.order('o', {
  lines: [
    ['shoe', 1, 100],
    ['gift', 3, 3, { discount: 1 }],
  ],
  discount: 8,
  shipping: 5,
});
await shop.order('yen', { lines: [['gift', 1, 1000]], currency: 'JPY' });
await shop.order('later', { lines: [['shoe', 1, 30]], at: '2026-02-02T23:30:00Z' });
await shop.order('gone', { lines: [['shoe', 1, 30]], status: 'cancelled' });
const spend = (day: string, amount: number) =>
  api.post(`/campaigns/${shop.campaignIds.get('A')}/spend`, { day, amount });
must(await spend('2026-02-01', 12.5), 201);
must(await spend('2026-02-01', 7.5), 201);
must(await spend('2026-02-05', 1), 201);
await api.settle();
await shop.refund('o', { external_id: 'r', lines: [{ line_no: 1, quantity: 0.5, amount: 40 }] });
await api.settle();

async function ask(text: string): Promise<string[]> {
  const { rows } = await api.pool.query<unknown[]>({ text, rowMode: 'array' });
  return rows.map((row) => row.map((value) => String(value ?? '–')).join(' '));
}

test('amounts have the decimals of their currency, of every currency', async () => {
  const { rows } = await api.pool.query<{ code: string; amount: string }>(
    'select code, reporting.decimal_amount(-123456, code)::text as amount from unnest($1::text[]) code',
    [codes()],
  );
  for (const { code, amount } of rows)
    expect(`${code} ${amount}`).toBe(`${code} ${moneyText(-123_456n, code)}`);
});

describe('reporting.credits', () => {
  test('is the ledger, in decimals', async () => {
    const rows = await ask(`
      select line_no, campaign_name, model, model_version, kind, quantity, revenue, profit, matched_count, currency
        from reporting.credits
       where order_id = '${shop.orderIds.get('o')}' and model = 'product_split' and line_no = 1
       order by kind, campaign_name`);
    expect(rows).toEqual([
      '1 A product_split 1 credit 0.3334 30.87 17.53 3 EUR',
      '1 B product_split 1 credit 0.3333 30.86 17.53 3 EUR',
      '1 C product_split 1 credit 0.3333 30.86 17.53 3 EUR',
      '1 A product_split 1 refund -0.1667 -13.34 -6.66 3 EUR',
      '1 B product_split 1 refund -0.1666 -13.33 -6.67 3 EUR',
      '1 C product_split 1 refund -0.1667 -13.33 -6.67 3 EUR',
    ]);
  });

  test('sums up to what the leaderboard says', async () => {
    for (const model of ['product_split', 'product_full']) {
      const { data } = must(await api.get(`/reports/leaderboard?model=${model}`), 200);
      const rows = await ask(`
        select campaign_name, sum(revenue), sum(quantity) from reporting.credits
         where model = '${model}' and currency = 'EUR' group by campaign_name order by campaign_name`);
      const board = data.map((row: { name: string; revenue: number; units: number }) =>
        [row.name, row.revenue.toFixed(2), row.units.toFixed(4)].join(' '),
      );
      expect(rows).toEqual(board.sort());
    }
  });
});

describe('reporting.orders', () => {
  test('has a row for each order, whatever it was refunded or credited', async () => {
    const rows = await ask(`
      select external_id, status, currency, lines, quantity, subtotal, discount, shipping, tax, refunds, creditable_revenue, is_settled
        from reporting.orders order by ordered_at, external_id`);
    expect(rows).toEqual([
      'gone cancelled EUR 1 1.0000 30.00 0.00 0.00 0.00 0 – true',
      expect.stringMatching(/^o confirmed EUR 2 4.0000 108.00 8.00 5.00 0.00 1 [\d.]+ true$/),
      'yen confirmed JPY 1 1.0000 1000 0 0 0 0 1000 true',
      'later confirmed EUR 1 1.0000 30.00 0.00 0.00 0.00 0 30.00 true',
    ]);
  });

  test('says what is still to be settled', async () => {
    await shop.order('waiting', { lines: [['shoe', 1, 1]], at: '2026-01-31T12:00:00Z' });
    const query =
      "select is_settled, settled_at, creditable_revenue from reporting.orders where external_id = 'waiting'";
    expect(await ask(query)).toEqual(['false – –']);
    await api.settle();
    expect(await ask(query)).toEqual([expect.stringMatching(/^true .* 1.00$/)]);
    await shop.orderStatus('waiting', 'cancelled');
    expect(await ask(query)).toEqual([expect.stringMatching(/^false /)]);
    await api.settle();
  });
});

describe('reporting.campaign_performance', () => {
  test('has credit and spend of a day side by side, each once', async () => {
    const rows = await ask(`
      select campaign_name, day, currency, units, revenue, profit, revenue_with_known_cost, orders, lines, order_equivalents, spend
        from reporting.campaign_performance where model = 'product_split' and campaign_name = 'A' order by day, currency`);
    expect(rows).toEqual([
      expect.stringMatching(/^A 2026-02-01 EUR 1.1667 [\d.]+ [\d.]+ [\d.]+ 1 2 0.333\d+ 20.00$/),
      'A 2026-02-01 JPY 0.3334 334 – 0 1 1 0.334000000 0',
      'A 2026-02-02 EUR 0.3334 10.00 -3.34 10.00 1 1 0.333333333 0.00',
      'A 2026-02-05 EUR 0.0000 0.00 0.00 0.00 0 0 0.000000000 1.00',
    ]);
  });

  test.each(['product_split', 'product_full'])(
    'sums up to the leaderboard of UTC days under %s',
    async (model) => {
      const board = must(
        await api.get(`/reports/leaderboard?model=${model}&tz=UTC&from=2026-02-01&to=2026-02-04`),
        200,
      );
      const rows = await ask(`
      select campaign_name, sum(revenue), sum(units), sum(orders), sum(lines), sum(spend)
        from reporting.campaign_performance
       where model = '${model}' and currency = 'EUR' and day between '2026-02-01' and '2026-02-04'
       group by campaign_name order by campaign_name`);
      type Row = {
        name: string;
        revenue: number;
        units: number;
        orders: number;
        lines: number;
        spend: number;
      };
      expect(rows).toEqual(
        board.data
          .map((row: Row) =>
            [
              row.name,
              row.revenue.toFixed(2),
              row.units.toFixed(4),
              row.orders,
              row.lines,
              row.spend.toFixed(2),
            ].join(' '),
          )
          .sort(),
      );
    },
  );
});

test('the views are documented, each with a comment', async () => {
  const undocumented = await ask(`
    select relname from pg_class
     where relnamespace = 'reporting'::regnamespace and relkind = 'v' and obj_description(oid, 'pg_class') is null`);
  expect(undocumented).toEqual([]);
});

test.each(['credits', 'orders', 'campaign_performance'])('reporting.%s is read-only', async (view) => {
  await expect(api.pool.query(`delete from reporting.${view}`)).rejects.toThrow(/cannot delete from view/);
});
