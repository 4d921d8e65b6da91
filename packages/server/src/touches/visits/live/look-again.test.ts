import { expect, it } from 'vitest';
import { startApi } from '../../../../test/api.ts';
import { must, openShop } from '../../../../test/shop.ts';
import { mintId } from '../../../vocabulary/ids.ts';
import { insertFirstClicks } from './insert-first-clicks.ts';
import { lookAtLatest } from './look-again.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z', settings: { models: ['last_touch'] } });
const shop = openShop(api, 'shop');
await shop.campaign('A', { tracking_code: 'LOOKED_01' });
const context = { window_days: 30, priority: 0 };

/** Records a click as far as a process came that was killed right after its commit. */
async function click(session_id: string, id = mintId(api.clock.now())): Promise<string> {
  const at = api.clock.now();
  const inserted = await insertFirstClicks(api.db, [
    {
      ...{ session_id, id, clicked_at: at, received_at: at, campaign_id: null, tracking_code: 'looked_01' },
      ...{ channel: 'paid', received_via: 'tracker', excluded: null, landing_page: '/', referrer: null },
      ...{ utm: { utm_source: '"\\{}' }, click_ids: null, device_type: null, browser: null, os: null },
      ...{ country: null, city: null, address_hash: null, address: null, user_agent: null },
    },
  ]);
  expect([...inserted.keys()]).toEqual([id]);
  return id;
}

async function revenueOf(order: string): Promise<number[]> {
  await api.settle();
  const { meta } = must(await api.get(`${shop.path(order)}/credits?model=last_touch`), 200);
  return meta.net.map(({ revenue }: { revenue: number }) => revenue);
}

it('an order that crossed a click nobody came to look at has it when the next process looks', async () => {
  const customer = { customer: { external_id: 'anna', email: 'anna@shop.example' } };
  const later = '2026-03-01T12:00:30Z';
  await shop.order('by session', { at: later, total: 10, session_id: 'crossed' });
  await shop.order('known', { at: '2026-02-01T12:00:00Z', total: 10, session_id: 'of anna', ...customer });
  await shop.order('by customer', { at: later, total: 20, ...customer });
  expect(await revenueOf('by session')).toEqual([]);
  await click('crossed');
  await click('of anna');
  expect(await revenueOf('by session')).toEqual([]);
  await lookAtLatest(api.db, api.clock.now(), context);
  expect(await revenueOf('by session')).toEqual([10]);
  expect(await revenueOf('by customer')).toEqual([20]);
});

it('of two clicks that two processes each took for the first of a session, one is a repeat', async () => {
  const first = await click('twice');
  const repeat = mintId(api.clock.now());
  await api.pool.query(
    `insert into clicks (session_id, id, visit_id, clicked_at, received_at, campaign_id, channel, received_via)
     select session_id, $1, $1, clicked_at, received_at, campaign_id, channel, received_via
       from clicks where id = $2`,
    [repeat, first],
  );
  await lookAtLatest(api.db, api.clock.now(), context);
  const kept = await api.db
    .selectFrom('clicks')
    .select(['id', 'visit_id', 'counted', 'utm'])
    .where('session_id', '=', 'twice')
    .orderBy('id')
    .execute();
  expect(kept.map(({ visit_id }) => visit_id)).toEqual([first, first]);
  expect(kept[0]).toMatchObject({ counted: true, utm: { utm_source: '"\\{}' } });
});
