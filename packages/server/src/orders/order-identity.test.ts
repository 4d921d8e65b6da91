import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must } from '../../test/shop.ts';
import { customerIdOf } from '../vocabulary/ids.ts';

const api = await startApi({ now: '2026-06-01T00:00:00Z', settings: { models: ['last_touch'] } });
let runs = 0;

/** A version of an order: what it says of session, customer and time, at its place in the order of versions. */
const version = fc.record({
  session: fc.constantFrom('s', 't', null),
  customer: fc.constantFrom('ada', 'bob', null),
  hour: fc.integer({ min: 0, max: 3 }),
});

const orderOf = (run: string, external_id: string, { session, customer, hour }: Version, place: number) => ({
  ...{ source: run, external_id, currency: 'EUR', status: 'confirmed', total: 10 },
  session_id: session && `${run}-${session}`,
  customer: customer === null ? null : { external_id: customer },
  ordered_at: `2026-05-01T0${hour}:00:00Z`,
  updated_at: `2026-05-02T0${place}:00:00Z`,
});
type Version = typeof version extends fc.Arbitrary<infer Each> ? Each : never;

async function identitiesOf(run: string) {
  const read = (table: 'session_customers' | 'customer_sessions') =>
    api.db
      .selectFrom(table)
      .select(['session_id', 'customer_id', 'identified_at'])
      .where('session_id', 'like', `${run}-%`)
      .execute();
  const text = ({ session_id, customer_id, identified_at }: Awaited<ReturnType<typeof read>>[number]) =>
    `${session_id} ${customer_id} ${identified_at.toISOString()}`;
  const [bySession, byCustomer] = [await read('session_customers'), await read('customer_sessions')];
  expect(byCustomer.map(text).sort()).toEqual(bySession.map(text).sort());
  return bySession.map(text).sort();
}

describe('whose a session is', () => {
  it('follows the latest versions of its orders, in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(version, { minLength: 1, maxLength: 4 }).chain((versions) =>
          fc.record({
            versions: fc.constant(versions),
            order: fc.shuffledSubarray([...versions.keys()], { minLength: versions.length }),
          }),
        ),
        version,
        async ({ versions, order }, other) => {
          runs += 1;
          const run = `run${runs}`;
          const send = async (name: string, said: Version, place: number) =>
            must(await api.post('/orders', orderOf(run, name, said, place)), 200, 201);
          await send('first', versions[order[0]!]!, order[0]!);
          await send('other', other, 0);
          for (const place of order.slice(1)) await send('first', versions[place]!, place);
          const said = [versions.at(-1)!, other].flatMap(({ session, customer, hour }) =>
            session === null || customer === null
              ? []
              : `${run}-${session} ${customerIdOf(run, customer)} 2026-05-01T0${hour}:00:00.000Z`,
          );
          expect(await identitiesOf(run)).toEqual([...new Set(said)].sort());
        },
      ),
      { numRuns: 15 },
    );
  });

  it('takes the credit of a visit from whose session it was by mistake', async () => {
    const code = { tracking_code: 'MISTAKEN_01', name: 'Mistaken', platform: 'x', campaign_type: 'post' };
    must(await api.post('/campaigns', code), 201);
    const visits = [{ session_id: 'm-1', visited_at: '2026-05-01T00:00:00Z', tracking_code: 'MISTAKEN_01' }];
    must(await api.post('/visits/batch', { visits }), 200);
    const order = { source: 'm', currency: 'EUR', status: 'confirmed', total: 10 };
    const mistaken = { ...order, external_id: '1', ordered_at: '2026-05-02T00:00:00Z', session_id: 'm-1' };
    must(await api.post('/orders', { ...mistaken, customer: { external_id: 'ada' } }), 201);
    const later = {
      ...order,
      external_id: '2',
      ordered_at: '2026-05-03T00:00:00Z',
      customer: { external_id: 'ada' },
    };
    const { id } = must(await api.post('/orders', later), 201).data;
    await api.settle();
    const held = async () => must(await api.get(`/orders/${id}/credits`), 200).meta.net.length;
    expect(await held()).toBe(1);
    must(await api.post('/orders', { ...mistaken, customer: { external_id: 'bob' } }), 200);
    await api.settle();
    const { data } = must(await api.get(`/orders/${id}/credits`), 200);
    const sum = data.reduce((total: number, { revenue }: { revenue: number }) => total + revenue, 0);
    expect(sum).toBe(0);
  });
});
