import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must, openShop } from '../../../test/shop.ts';
import { rebuildCustomers } from './rebuild-customers.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });

type Row = { order: string; person: string; first: boolean; acquiring: boolean; campaign: string | null };

/** `order campaign first acquiring` of each order under a model, in the order of time. */
async function placedOf(shop: ReturnType<typeof openShop>, model = 'product_split'): Promise<string[]> {
  const { rows } = await sql<Row>`
    select o.external_id as order, c.name as campaign, is_first as first, is_acquiring as acquiring
      from customer_orders placed
      join orders o on o.id = placed.order_id
      join attribution_models m on m.id = placed.model_version_id
      left join campaigns c on c.id = placed.campaign_id
     where o.source = ${shop.source} and m.model = ${model}
     order by placed.person_id, placed.sale_time, o.external_id`.execute(api.db);
  return rows.map(({ order, campaign, first, acquiring }) =>
    [order, campaign ?? '–', ...(first ? ['first'] : []), ...(acquiring ? ['acquired'] : [])].join(' '),
  );
}

async function verified(): Promise<void> {
  const { data } = must(await api.post('/admin/verify'), 200);
  expect(data.differences).toEqual([]);
}

async function openWith(name: string) {
  const shop = openShop(api, name);
  await shop.product('shoe');
  await shop.product('sock');
  await shop.product('bag');
  await shop.campaign('Shoes', { targets: ['shoe'] });
  api.clock.advance(1000);
  await shop.campaign('Socks', { targets: ['sock'] });
  const buy = (order: string, day: string, product: string, fields: Record<string, unknown> = {}) =>
    shop.order(order, {
      at: `2026-02-${day}T12:00:00Z`,
      lines: [[product, 1, 10]],
      customer: { external_id: 'anna', email: `Anna.${name}@example.com` },
      ...fields,
    });
  return { ...shop, buy };
}

test('a customer is acquired by the first order that a campaign holds credit of, whatever came first', async () => {
  const shop = await openWith('first');
  await shop.buy('o1', '03', 'bag');
  await shop.buy('o2', '05', 'sock');
  await shop.buy('o3', '07', 'shoe');
  await api.settle();
  expect(await placedOf(shop)).toEqual(['o1 – first', 'o2 Socks acquired', 'o3 Shoes']);
  await verified();
});

test('an earlier order that arrives late takes over, and one that is cancelled gives way', async () => {
  const shop = await openWith('late');
  await shop.buy('o1', '10', 'sock');
  await api.settle();
  expect(await placedOf(shop)).toEqual(['o1 Socks first acquired']);
  await shop.buy('o0', '09', 'shoe');
  await api.settle();
  expect(await placedOf(shop)).toEqual(['o0 Shoes first acquired', 'o1 Socks']);
  await verified();
  await shop.orderStatus('o0', 'cancelled');
  await api.settle();
  expect(await placedOf(shop)).toEqual(['o1 Socks first acquired']);
  await verified();
});

test('customers who turn out to share an address are one, and part again when it changes', async () => {
  const shop = await openWith('joined');
  const other = { external_id: 'a.n.other' };
  await shop.buy('o1', '10', 'sock', { customer: { external_id: 'joined' } });
  await shop.buy('o2', '11', 'shoe', { customer: other });
  await api.settle();
  expect((await placedOf(shop)).sort()).toEqual(['o1 Socks first acquired', 'o2 Shoes first acquired']);
  for (const external_id of ['joined', other.external_id]) {
    must(
      await api.post('/customers', { source: shop.source, external_id, email: 'joined@example.com' }),
      200,
    );
  }
  await api.settle();
  expect(await placedOf(shop)).toEqual(['o1 Socks first acquired', 'o2 Shoes']);
  await verified();
  must(
    await api.post('/customers', {
      source: shop.source,
      external_id: other.external_id,
      email: 'other@example.com',
    }),
    200,
  );
  await api.settle();
  expect((await placedOf(shop)).sort()).toEqual(['o1 Socks first acquired', 'o2 Shoes first acquired']);
  await verified();
});

test('an order that turns out to be of somebody else, or of a guest, moves', async () => {
  const shop = await openWith('moved');
  const moved = { external_id: 'moved' };
  await shop.buy('o1', '10', 'sock', { customer: moved });
  await shop.buy('o2', '11', 'shoe', { customer: moved });
  await api.settle();
  expect(await placedOf(shop)).toEqual(['o1 Socks first acquired', 'o2 Shoes']);
  await shop.buy('o1', '10', 'sock', { customer: { external_id: 'to whom' } });
  await api.settle();
  expect((await placedOf(shop)).sort()).toEqual(['o1 Socks first acquired', 'o2 Shoes first acquired']);
  await shop.buy('o2', '11', 'shoe', { customer: null });
  await api.settle();
  expect(await placedOf(shop)).toEqual(['o1 Socks first acquired']);
  await verified();
});

test('of several campaigns the one with the largest share acquires, between equals the one created first', async () => {
  const shop = await openWith('shared');
  const buy = (order: string, day: string, lines: [string, number, number][], who: string) =>
    shop.order(order, { at: `2026-02-${day}T12:00:00Z`, lines, customer: { external_id: who } });
  await buy(
    'equal',
    '10',
    [
      ['sock', 1, 10],
      ['shoe', 1, 10],
    ],
    'equal',
  );
  await buy(
    'larger',
    '11',
    [
      ['sock', 1, 11],
      ['shoe', 1, 10],
    ],
    'larger',
  );
  await buy(
    'free',
    '12',
    [
      ['sock', 2, 0],
      ['shoe', 1, 0],
    ],
    'free',
  );
  await api.settle();
  expect((await placedOf(shop)).sort()).toEqual([
    'equal Shoes first acquired',
    'free Socks first acquired',
    'larger Socks first acquired',
  ]);
  await verified();
});

test('what is thrown away is built again to the same rows', async () => {
  const all = async () => ({
    placed: (await sql`select * from customer_orders order by 1, 2, 3`.execute(api.db)).rows,
    rollups: (
      await sql`select * from acquisition_rollups where (customers, orders, new_orders) <> (0, 0, 0) order by 1, 2, 3, 4`.execute(
        api.db,
      )
    ).rows,
  });
  const before = await all();
  await sql`truncate customer_orders, acquisition_rollups`.execute(api.db);
  const { data } = must(await api.post('/admin/verify'), 200);
  expect(new Set(data.differences.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['customer']));
  await rebuildCustomers(api.db);
  expect(await all()).toEqual(before);
  await rebuildCustomers(api.db);
  expect(await all()).toEqual(before);
  await verified();
});

test('a row of the rollup, or a mark, that is wrong is named', async () => {
  const planted = async (wrong: ReturnType<typeof sql>, right: ReturnType<typeof sql>) => {
    await wrong.execute(api.db);
    const { data } = must(await api.post('/admin/verify'), 200);
    await right.execute(api.db);
    return data.differences.map(({ kind }: { kind: string }) => kind);
  };
  const add = (more: number) =>
    sql`update acquisition_rollups set new_revenue_minor = new_revenue_minor + ${more}
         where (bucket, campaign_id::text, model_version_id) in (
           select bucket, campaign_id::text, model_version_id from acquisition_rollups order by 1, 2, 3 limit 1)`;
  expect(await planted(add(1), add(-1))).toEqual(['acquisition']);
  const mark = (first: boolean) =>
    sql`update customer_orders set is_first = ${first} where order_id = (select min(order_id::text)::uuid from customer_orders)`;
  expect(await planted(mark(false), mark(true))).toContain('customer');
  await verified();
});

const change = fc.record({
  order: fc.nat(4),
  day: fc.integer({ min: 1, max: 28 }),
  product: fc.constantFrom('shoe', 'sock', 'bag'),
  customer: fc.constantFrom('a', 'b', 'c', null),
  status: fc.constantFrom('confirmed', 'confirmed', 'cancelled'),
  email: fc.option(fc.constantFrom('one', 'two')),
});

let stories = 0;

test('after any changes, settled at once or one by one, customers are placed as the facts say', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(change, fc.boolean()), { minLength: 3, maxLength: 10 }),
      async (changes) => {
        stories += 1;
        const shop = await openWith(`any ${stories}`);
        for (const [{ order, day, product, customer, status, email }, settle] of changes) {
          api.clock.advance(1000);
          const address = email === null ? {} : { email: `${email}.${stories}@example.com` };
          await shop.buy(`o${order}`, String(day).padStart(2, '0'), product, {
            status,
            customer: customer === null ? null : { external_id: customer, ...address },
          });
          if (settle) await Promise.all([api.settle(), api.settle()]);
        }
        await Promise.all([api.settle(), api.settle()]);
        await verified();
      },
    ),
    { numRuns: 10 },
  );
}, 120_000);
