import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';
import { runBackfill } from './run-backfill.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z', settings: { attributionEnabled: false } });
const context = { db: api.db, clock: api.clock, log: { info() {}, warn() {}, error() {} } };

const day = fc
  .integer({ min: 1, max: 27 })
  .map((date) => `2026-02-${String(date).padStart(2, '0')}T10:00:00Z`);
const order = fc.record({
  at: day,
  status: fc.constantFrom('confirmed', 'cancelled', 'pending', 'delivered'),
  lines: fc.array(
    fc.tuple(
      fc.constantFrom('shoe', 'sock'),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 9999 }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
});
const campaign = fc.record({
  starts_at: day,
  targets: fc.constantFrom<string[]>(['shoe'], ['sock'], ['shoe', 'sock']),
});
const change = fc.record({
  order: fc.nat(3),
  status: fc.constantFrom('confirmed', 'cancelled'),
  campaign: fc.option(campaign),
});

async function backfill(body: Record<string, unknown>) {
  const { id } = must(await api.post('/admin/backfills', body), 202).data;
  await runBackfill({ backfill_id: id }, context, { last: true, priority: 0 });
  return must(await api.get(`/admin/backfills/${id}`), 200).data;
}

let stories = 0;

test('a dry run predicts exactly what the run then posts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(order, { minLength: 4, maxLength: 6 }),
      fc.array(campaign, { minLength: 1, maxLength: 3 }),
      fc.array(change, { maxLength: 3 }),
      fc.subarray(['product_full', 'product_split'], { minLength: 1 }),
      fc.tuple(day, day),
      async (orders, campaigns, changes, models, [one, other]) => {
        stories += 1;
        const shop = openShop(api, `dry run ${stories}`);
        await shop.product('shoe', { cost: 3 });
        await shop.product('sock');
        for (const [place, { starts_at, targets }] of campaigns.entries()) {
          await shop.campaign(`C${place}`, { starts_at, targets });
        }
        for (const [place, { lines, ...facts }] of orders.entries()) {
          const priced = lines.map(
            ([product, quantity, cents]) => [product, quantity, cents / 100] as [string, number, number],
          );
          await shop.order(`o${place}`, { ...facts, lines: priced });
        }
        await backfill({ models });
        for (const [place, { order, status, campaign }] of changes.entries()) {
          await shop.orderStatus(`o${order}`, status);
          if (campaign !== null) await shop.campaign(`L${place}`, campaign);
        }

        const range = { from: one < other ? one : other, to: one < other ? other : '2026-02-28', models };
        const predicted = await backfill({ ...range, dry_run: true });
        const done = await backfill(range);
        expect(predicted.entries_posted).toBe(0);
        expect({ moved: done.moved, orders_affected: done.orders_affected }).toEqual({
          moved: predicted.moved,
          orders_affected: predicted.orders_affected,
        });
        expect(await backfill(range)).toMatchObject({ orders_affected: 0, entries_posted: 0, moved: [] });
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);
