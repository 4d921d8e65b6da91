import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { openShop } from '../../../test/shop.ts';

const api = await startApi({ now: '2026-04-01T00:00:00Z' });
const quarter = 15 * 60_000;
const start = Date.parse('2026-03-01T00:00:00Z');

const order = fc.record({
  quarter: fc.integer({ min: 0, max: 120 }),
  lines: fc.array(
    fc.record({
      product: fc.integer({ min: 0, max: 2 }),
      quantity: fc.integer({ min: 1, max: 3 }),
      // A few are worth far more than the others: those that a ranking starts with.
      price: fc.oneof(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 50 }).map((n) => n * n * 40),
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  after: fc.constantFrom('nothing', 'nothing', 'nothing', 'cancelled', 'refunded'),
});

test('orders are ranked as the ledger ranks them, page by page', { timeout: 120_000 }, async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 30, maxLength: 40 }), async (orders) => {
      told += 1;
      const { parent, tree } = await tell(orders, `story ${told}`);
      for (const model of ['product_split', 'product_full']) {
        for (const sort of ['revenue', 'units', 'profit'] as const) {
          expect(await askPages(parent, `model=${model}&sort=${sort}`), `${model} by ${sort}`).toEqual(
            await rankLedger(tree, model, sort),
          );
        }
      }
    }),
    { numRuns: 2 },
  );
});

type Order = typeof order extends fc.Arbitrary<infer O> ? O : never;

async function tell(orders: Order[], name: string): Promise<{ parent: string; tree: string[] }> {
  const shop = openShop(api, name);
  await shop.product('0', { cost: 3 });
  await shop.product('1', { cost: 7 });
  // The profit of what has no cost is unknown.
  await shop.product('2');
  const starts_at = '2026-01-01T00:00:00Z';
  const parent = await shop.campaign('parent', { targets: ['0', '2'], starts_at });
  const child = await shop.campaign('child', { targets: ['0', '1'], parent: 'parent', starts_at });
  await shop.campaign('other', { targets: ['1', '2'], starts_at });
  for (const [place, { quarter: at, lines }] of orders.entries()) {
    await shop.order(`${place}`, {
      at: new Date(start + at * quarter + place * 1_000).toISOString(),
      lines: lines.map(({ product, quantity, price }) => [`${product}`, quantity, price / 100]),
    });
  }
  await api.settle();
  for (const [place, { after, lines }] of orders.entries()) {
    const worth = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
    if (after === 'cancelled') await shop.orderStatus(`${place}`, 'cancelled');
    if (after === 'refunded')
      await shop.refund(`${place}`, { external_id: 'r', amount: Math.ceil(worth / 2) / 100 });
  }
  await api.settle();
  return { parent, tree: [parent, child] };
}

/** One by one, over a range that cuts the quarter hours of the first and the last orders. */
async function askPages(campaign: string, query: string): Promise<string[]> {
  const range = `from=2026-03-01T00:05:00Z&to=${encodeURIComponent('2026-03-02T05:55:00Z')}`;
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const path = `/campaigns/${campaign}/reports/orders?${range}&include_children=true&limit=1&${query}${cursor}`;
    const { body } = await api.get(path);
    ids.push(...body.data.map(({ order_id }: { order_id: string }) => order_id));
    if (body.meta.next_cursor === null) return ids;
    cursor = `&cursor=${body.meta.next_cursor}`;
  }
}

async function rankLedger(
  tree: string[],
  model: string,
  sort: 'revenue' | 'units' | 'profit',
): Promise<string[]> {
  const column = sql.ref({ revenue: 'revenue_minor', units: 'quantity_e4', profit: 'profit_minor' }[sort]);
  // Every line of FULL credit is the same for each campaign that holds it.
  const together = model === 'product_full' ? sql`max` : sql`sum`;
  const { rows } = await sql<{ order_id: string }>`
    select order_id
      from (
        select order_id, sale_time, line_no, ${together}(figure) as figure, bool_or(revenue <> 0 or units <> 0) as is_held
          from (
            select order_id, sale_time, line_no, campaign_id, sum(${column}) as figure, sum(revenue_minor) as revenue,
                   sum(quantity_e4) as units
              from credit_entries e join attribution_models m on m.id = e.model_version_id
             where campaign_id = any(${tree}::uuid[]) and m.model = ${model}
               and sale_time >= '2026-03-01T00:05:00Z' and sale_time < '2026-03-02T05:55:00Z'
             group by 1, 2, 3, 4
          ) per_campaign
         group by 1, 2, 3
      ) line
     group by order_id, sale_time
    having bool_or(is_held)
     order by sum(figure) desc nulls last, sale_time desc, order_id desc`.execute(api.db);
  return rows.map(({ order_id }) => order_id);
}
