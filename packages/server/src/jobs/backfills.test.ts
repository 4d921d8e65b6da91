import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';
import { runBackfill } from './run-backfill.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z', settings: { attributionEnabled: false } });
const shop = openShop(api, 'backfills');
await shop.product('shoe', { cost: 5 });
await shop.campaign('A', { targets: ['shoe'] });
for (const day of ['01', '02', '03', '04']) {
  await shop.order(`o${day}`, { at: `2026-02-${day}T12:00:00Z`, lines: [['shoe', 1, 10]] });
}
await shop.order('cancelled', { at: '2026-02-02T13:00:00Z', status: 'cancelled', lines: [['shoe', 1, 10]] });

const context = { db: api.db, clock: api.clock, log: { info() {}, warn() {}, error() {} } };
const start = async (body: Record<string, unknown>) =>
  must(await api.post('/admin/backfills', body), 202).data.id;
const work = (id: string) => runBackfill({ backfill_id: id }, context, { last: true, priority: 0 });
const read = async (id: string) => must(await api.get(`/admin/backfills/${id}`), 200).data;

test('while the switch is off nothing settles and nothing is lost', async () => {
  await api.settle();
  expect(await shop.credits('o01')).toEqual([]);
  expect(must(await api.get(shop.path('o01')), 200).data.settlement.status).toBe('off');
});

test('while the switch is off a backfill settles what it is asked to, and the rest goes on waiting', async () => {
  const id = await start({ from: '2026-02-04', to: '2026-02-04' });
  await api.settle();
  expect(await read(id)).toMatchObject({ status: 'completed', orders_affected: 1 });
  expect(await shop.credits('o04')).toEqual(['1 A 1 10.00 5.00']);
  expect(must(await api.get(shop.path('o03')), 200).data.settlement.status).toBe('off');
});

test('a dry run says what would move, per campaign before and after, and posts nothing', async () => {
  const id = await start({ from: '2026-02-02', to: '2026-02-03', dry_run: true });
  await work(id);
  expect(await read(id)).toMatchObject({
    status: 'completed',
    orders_total: 3,
    orders_done: 3,
    orders_affected: 2,
    entries_posted: 0,
    moved: [
      { model: 'product_full', amount: 20, campaigns: [{ name: 'A', before: 0, after: 20, change: 20 }] },
      { model: 'product_split', amount: 20, campaigns: [{ name: 'A', before: 0, after: 20, change: 20 }] },
    ],
  });
  expect(await shop.credits('o02')).toEqual([]);
});

test('a backfill posts what its dry run said, for the models and statuses it names, whole days of the zone', async () => {
  const id = await start({
    from: '2026-02-02',
    to: '2026-02-03',
    models: ['product_split'],
    statuses: ['confirmed'],
  });
  await work(id);
  expect(await read(id)).toMatchObject({ status: 'completed', orders_total: 2, entries_posted: 2 });
  expect(await shop.credits('o02')).toEqual(['1 A 1 10.00 5.00']);
  expect(await shop.credits('o02', 'product_full')).toEqual([]);
  expect(await shop.credits('o01')).toEqual([]);
  const entries = must(await api.get(`${shop.path('o02')}/credits`), 200).data;
  expect(entries[0]).toMatchObject({ reason: 'backfill', run: id });
});

test('done again, it posts nothing', async () => {
  const id = await start({ from: '2026-02-02', to: '2026-02-03', models: ['product_split'] });
  await work(id);
  expect(await read(id)).toMatchObject({ orders_affected: 0, entries_posted: 0, moved: [] });
});

test('cancelled, it stops where it is and is not carried out by a job that comes late', async () => {
  const id = await start({});
  expect(must(await api.delete(`/admin/backfills/${id}`), 200).data.status).toBe('cancelled');
  await work(id);
  expect(await read(id)).toMatchObject({ status: 'cancelled', orders_done: 0 });
  expect(must(await api.delete(`/admin/backfills/${id}`), 200).data.status).toBe('cancelled');
});

test('what has ended cannot be cancelled, and what is wrong is refused with its path', async () => {
  const id = await start({ from: '2026-01-01', to: '2026-01-01' });
  await work(id);
  expect((await api.delete(`/admin/backfills/${id}`)).status).toBe(409);
  const wrong = await api.post('/admin/backfills', {
    from: '2026-02-01T00:00:00',
    to: 'soon',
    models: ['guess'],
    statuses: ['sold'],
  });
  expect(wrong.status).toBe(422);
  expect(wrong.body.error.fields.map(({ path }: { path: string }) => path)).toEqual([
    'from',
    'to',
    'models.0',
    'statuses.0',
  ]);
});

test('a new set of countable statuses is a new version: filled beside the old one, then published', async () => {
  const { fillNewVersions } = await import('./fill-new-versions.ts');
  const all = await start({});
  await work(all);
  expect(await shop.credits('cancelled')).toEqual([]);
  const wanted = {
    models: ['product_full', 'product_split'],
    countableStatuses: ['confirmed', 'cancelled'],
    visitWindowDays: 30,
  };
  await fillNewVersions(api.db, wanted, api.clock.now());
  await fillNewVersions(api.db, wanted, api.clock.now());
  const filling = await api.db
    .selectFrom('backfills')
    .select('id')
    .where('fills_version_id', 'is not', null)
    .execute();
  expect(filling).toHaveLength(2);
  for (const { id } of filling) await work(id);
  const { rows } = await sql`select model, version, status from attribution_models order by 1, 2`.execute(
    api.db,
  );
  expect(rows).toEqual([
    { model: 'product_full', version: 1, status: 'retired' },
    { model: 'product_full', version: 2, status: 'published' },
    { model: 'product_split', version: 1, status: 'retired' },
    { model: 'product_split', version: 2, status: 'published' },
  ]);
  expect(await shop.credits('cancelled')).toEqual(['1 A 1 10.00 5.00']);
  // What counts is the version that is published; the entries of the one before are kept.
  expect(await shop.entries('o01')).toEqual(['1 A credit 1 10.00']);
  const kept = await api.get(`${shop.path('o01')}/credits?model=product_split&versions=all`);
  expect(kept.body.data).toMatchObject([{ model_version: 1 }, { model_version: 2 }]);
});

test('a backfill that fills a version is not complete before the version is published', async () => {
  const { fillNewVersions } = await import('./fill-new-versions.ts');
  const wanted = { models: ['product_split'], countableStatuses: ['confirmed'], visitWindowDays: 30 };
  await fillNewVersions(api.db, wanted, api.clock.now());
  const { id } = await api.db
    .selectFrom('backfills')
    .select('id')
    .where('fills_version_id', 'is not', null)
    .where('status', '=', 'queued')
    .executeTakeFirstOrThrow();
  await sql`alter table attribution_models add constraint stands_in_the_way check (version < 3 or status = 'filling')`.execute(
    api.db,
  );
  await expect(runBackfill({ backfill_id: id }, context, { last: false, priority: 0 })).rejects.toThrow();
  expect(await read(id)).toMatchObject({ status: 'running' });
  await sql`alter table attribution_models drop constraint stands_in_the_way`.execute(api.db);
  await work(id);
  expect(await read(id)).toMatchObject({ status: 'completed' });
  const { rows } = await sql`
    select version from attribution_models where model = 'product_split' and status = 'published'`.execute(
    api.db,
  );
  expect(rows).toEqual([{ version: 3 }]);
});
