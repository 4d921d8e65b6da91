import { expect, it } from 'vitest';
import { startApi } from '../../../../test/api.ts';
import { openShop } from '../../../../test/shop.ts';
import { mintId } from '../../../vocabulary/ids.ts';
import type { NewClick } from '../insert-clicks.ts';
import { insertFirstClicks } from './insert-first-clicks.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const campaign_id = await openShop(api, 'shop').campaign('A', { tracking_code: 'WHOLE_01' });

it('a click is kept with everything that was sent of it, each in its column', async () => {
  const at = api.clock.now();
  const click: NewClick = {
    ...{ session_id: 'of a session', id: mintId(at), clicked_at: at, received_at: at, campaign_id: null },
    ...{ tracking_code: 'whole_01', channel: 'paid', received_via: 'tracker', excluded: 'bot' },
    ...{ landing_page: 'https://shop.example/ä', referrer: 'https://search.example/' },
    ...{ utm: { utm_source: 'ünï' }, click_ids: { gclid: 'of an ad' }, device_type: 'tablet' },
    ...{ browser: 'Firefox', os: 'Android', country: 'DE', city: 'Köln', address_hash: '\\x00ff10' },
    ...{ address: '192.0.2.1', user_agent: 'an agent' },
  };
  expect(await insertFirstClicks(api.db, [click])).toEqual(new Map([[click.id, campaign_id]]));
  const kept = await api.db
    .selectFrom('clicks')
    .selectAll()
    .where('id', '=', click.id)
    .executeTakeFirstOrThrow();
  const { address_hash, ...others } = kept;
  expect(`\\x${address_hash?.toString('hex')}`).toBe(click.address_hash);
  const { address_hash: _, ...sent } = click;
  expect(others).toEqual({ ...sent, campaign_id, visit_id: click.id, counted: false });
});
