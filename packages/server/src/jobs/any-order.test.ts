import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });

// Facts about three orders and two campaigns. Facts about one thing come in their order; between things, in any.
const orders = ['o1', 'o2', 'o3'];
const campaigns = ['A', 'B', 'C'];

type Shop = ReturnType<typeof openShop>;
type Fact = (shop: Shop) => Promise<unknown>;

const money = fc.integer({ min: 1, max: 99_999 }).map((cents) => cents / 100);
const day = fc
  .integer({ min: 1, max: 28 })
  .map((date) => `2026-02-${String(date).padStart(2, '0')}T10:00:00Z`);

const orderFacts = (order: string): fc.Arbitrary<Fact[]> =>
  fc
    .record({
      at: day,
      movedTo: fc.option(day),
      lines: fc.array(fc.tuple(fc.constantFrom('shoe', 'sock'), fc.integer({ min: 1, max: 4 }), money), {
        minLength: 1,
        maxLength: 3,
      }),
      refund: fc.option(fc.integer({ min: 1, max: 100 })),
      cancelled: fc.boolean(),
    })
    .map(({ at, movedTo, lines, refund, cancelled }) => {
      const total = lines.reduce((sum, [, quantity, price]) => sum + quantity * Math.round(price * 100), 0);
      const placed = {
        lines: lines.map(
          ([product, quantity, price]) => [product, quantity, price] as [string, number, number],
        ),
      };
      const facts: Fact[] = [
        (shop) => shop.order(order, { ...placed, at, updated_at: '2026-03-01T00:00:00Z' }),
      ];
      if (movedTo !== null) {
        facts.push((shop) =>
          shop.order(order, { ...placed, at: movedTo, updated_at: '2026-03-01T00:00:01Z' }),
        );
        facts.push((shop) => shop.order(order, { ...placed, at, updated_at: '2026-03-01T00:00:00Z' }));
      }
      if (refund !== null) {
        const amount = Math.max(1, Math.floor((total * refund) / 100)) / 100;
        facts.push((shop) =>
          shop.refund(order, { external_id: 'r', amount, refunded_at: '2026-03-01T00:00:00Z' }),
        );
      }
      if (cancelled) facts.push((shop) => shop.orderStatus(order, 'cancelled'));
      return facts;
    });

const campaignFacts = (campaign: string): fc.Arbitrary<Fact[]> =>
  fc
    .record({
      starts: day,
      targets: fc.constantFrom<string[]>(['shoe'], ['sock'], ['shoe', 'sock']),
      targetsFrom: fc.option(day),
      pausedAt: fc.option(day),
    })
    .map(({ starts, targets, targetsFrom, pausedAt }) => {
      const facts: Fact[] = [
        (shop) => {
          // Who was created first takes the spare cent, whatever the order of arrival.
          api.clock.set(`2026-03-01T12:00:0${campaigns.indexOf(campaign)}Z`);
          return shop.campaign(campaign, { starts_at: starts, draft: true });
        },
        (shop) =>
          shop.target(
            campaign,
            targets,
            targetsFrom !== null && targetsFrom > starts ? { effective_from: targetsFrom } : {},
          ),
        (shop) => shop.status(campaign, 'running'),
      ];
      if (pausedAt !== null && pausedAt > starts) {
        facts.push((shop) => shop.status(campaign, 'paused', { effective_at: pausedAt, reason: 'deleted' }));
      }
      return facts;
    });

const streams = fc.tuple(...orders.map(orderFacts), ...campaigns.map(campaignFacts));
/** Which stream gives the next fact, and whether the queue is worked meanwhile. */
const schedule = fc.array(fc.record({ stream: fc.nat(5), settle: fc.boolean() }), { maxLength: 40 });

let stories = 0;

async function tell(streams: Fact[][], schedule: { stream: number; settle: boolean }[]): Promise<string[]> {
  stories += 1;
  const shop = openShop(api, `story ${stories}`);
  await shop.product('shoe', { cost: 12.34 });
  await shop.product('sock');
  const left = streams.map((facts) => [...facts]);
  for (const { stream, settle } of schedule) {
    const fact = left[stream]!.shift();
    // A settlement that runs beside the fact may see it or not; it must end the same.
    await Promise.all([fact?.(shop), settle ? api.settle() : undefined]);
  }
  for (const facts of left) for (const fact of facts) await fact(shop);
  await Promise.all([api.settle(), api.settle(), api.settle()]);
  const ledger = await Promise.all(
    orders.flatMap((order) =>
      ['product_split', 'product_full'].map(async (model) =>
        (await shop.credits(order, model)).map((row) => `${order} ${model} ${row}`),
      ),
    ),
  );
  return ledger.flat();
}

test('whatever order facts arrive in, and whenever settlements run beside them, the ledger ends the same', async () => {
  await fc.assert(
    fc.asyncProperty(streams, schedule, schedule, async (facts, one, other) => {
      expect(await tell(facts, one)).toEqual(await tell(facts, other));
    }),
    { numRuns: 12 },
  );
  const { data } = must(await api.post('/admin/verify'), 200);
  expect(data.differences).toEqual([]);
  expect(data.pending).toBe(0);
}, 120_000);
