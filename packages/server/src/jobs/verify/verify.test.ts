import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const shop = openShop(api, 'verify');
await shop.product('shoe', { cost: 40 });
await shop.campaign('A', { targets: ['shoe'] });
api.clock.advance(1000);
await shop.campaign('B', { targets: ['shoe'] });
for (const day of ['01', '02', '03']) {
  await shop.order(`o${day}`, { at: `2026-02-${day}T12:00:00Z`, lines: [['shoe', 1, 33.33]] });
}
await api.settle();

const verify = async () => must(await api.post('/admin/verify'), 200).data;

test('a sound installation has no differences, and says how much was compared', async () => {
  expect(await verify()).toMatchObject({
    orders_checked: 3,
    difference_count: 0,
    differences: [],
    pending: 0,
  });
  expect((await verify()).rollup_rows_checked).toBeGreaterThan(50);
});

test('an order still to be settled is pending, not a difference', async () => {
  await shop.order('new', { lines: [['shoe', 1, 10]] });
  expect(await verify()).toMatchObject({ pending: 1, difference_count: 0 });
  await api.settle();
  expect(await verify()).toMatchObject({ pending: 0, difference_count: 0 });
});

test('a cent planted in the ledger is found in the ledger and in every rollup it belongs to', async () => {
  await planted(
    sql`insert into credit_entries
          (order_id, id, line_no, product_id, campaign_id, model_version_id, currency, kind, quantity_e4,
           revenue_minor, profit_minor, sale_time, posted_at, matched_count, reason)
        select order_id, gen_random_uuid(), line_no, product_id, campaign_id, model_version_id, currency, 'correction', 0, 1, 0,
               sale_time, posted_at, matched_count, 'planted'
          from credit_entries where order_id = ${shop.orderIds.get('o01')} and kind = 'credit' limit 1`,
    ({ differences }) => {
      expect(differences).toContainEqual(
        expect.objectContaining({
          kind: 'ledger',
          order_id: shop.orderIds.get('o01'),
          missing_revenue_minor: '-1',
        }),
      );
      expect(differences.some(({ kind }: { kind: string }) => kind === 'rollup')).toBe(true);
    },
  );
});

test.each(['revenue_minor', 'units_e4', 'orders', 'order_share_e9'])(
  'a rollup that is one %s off is named',
  async (measure) => {
    await planted(
      sql`update credit_rollups set ${sql.ref(measure)} = ${sql.ref(measure)} + 1
         where basis = 'sale' and grain = 'day' and subject_kind = 'shop' and bucket = '2026-02-01T00:00:00Z'
           and model_version_id = (select id from attribution_models where model = 'product_split')`,
      ({ differences, difference_count }) => {
        expect(difference_count).toBe(1);
        expect(differences[0]).toMatchObject({ kind: 'rollup', subject_kind: 'shop', grain: 'day' });
        expect(Object.keys(differences[0].measures)).toEqual([measure]);
      },
    );
  },
);

test('a rollup row that nothing accounts for is named', async () => {
  await planted(
    sql`insert into credit_rollups
        select model_version_id, basis, grain, subject_kind, 'nobody', currency, bucket, units_e4, revenue_minor,
               profit_minor, known_cost_revenue_minor, orders, lines, order_share_e9
          from credit_rollups where subject_kind = 'campaign' limit 1`,
    ({ difference_count }) => expect(difference_count).toBe(1),
  );
});

test('a fact changed behind the back of settlement is found', async () => {
  await planted(
    sql`update order_lines set unit_price_minor = unit_price_minor + 3 where order_id = ${shop.orderIds.get('o02')}`,
    ({ differences }) =>
      expect(new Set(differences.map(({ kind }: { kind: string }) => kind))).toEqual(
        new Set(['ledger', 'coverage']),
      ),
  );
});

test.each([
  'update credit_entries set revenue_minor = 0',
  'delete from credit_entries',
  'truncate credit_entries',
])('the database refuses to %s', async (statement) => {
  await expect(api.pool.query(statement)).rejects.toMatchObject({ code: 'TS002' });
});

test('the database refuses to change a version of a model', async () => {
  await expect(
    api.pool.query(`update attribution_models set countable_statuses = '{pending}'`),
  ).rejects.toMatchObject({ code: 'TS001' });
});

// Plants a fault, looks, and takes it out again: each test sees one fault.
async function planted(
  fault: ReturnType<typeof sql>,
  look: (verification: Awaited<ReturnType<typeof verify>>) => void,
): Promise<void> {
  const kept = await sql`
    select (select jsonb_agg(r) from credit_rollups r) as rollups, (select jsonb_agg(l) from order_lines l) as lines,
           (select array_agg(id) from credit_entries) as entries`.execute(api.db);
  await fault.execute(api.db);
  look(await verify());
  const { rollups, lines, entries } = kept.rows[0] as { rollups: unknown; lines: unknown; entries: string[] };
  await sql`alter table credit_entries disable trigger credit_entries_append_only`.execute(api.db);
  await sql`delete from credit_entries where id <> all(${entries}::uuid[])`.execute(api.db);
  await sql`alter table credit_entries enable trigger credit_entries_append_only`.execute(api.db);
  await sql`delete from credit_rollups`.execute(api.db);
  await sql`insert into credit_rollups select * from jsonb_populate_recordset(null::credit_rollups, ${JSON.stringify(rollups)}::jsonb)`.execute(
    api.db,
  );
  await sql`delete from order_lines`.execute(api.db);
  await sql`insert into order_lines select * from jsonb_populate_recordset(null::order_lines, ${JSON.stringify(lines)}::jsonb)`.execute(
    api.db,
  );
  expect((await verify()).difference_count).toBe(0);
}
