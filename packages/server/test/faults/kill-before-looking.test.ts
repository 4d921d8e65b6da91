import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { killableServer } from './killable-server.ts';

const { start, kill, ask, siteKey } = await killableServer();
const user_agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test('an order that crossed a click is credited with it, though the server was killed before it looked', async () => {
  await start();
  const campaign = { name: 'A', tracking_code: 'CROSSED', platform: 'instagram', campaign_type: 'post' };
  await ask('POST', '/campaigns', { ...campaign, starts_at: '2026-01-01T00:00:00Z' });
  // Its time is still to come, so that a click that is recorded after it is before it.
  const ordered_at = new Date(Date.now() + 10 * 60_000).toISOString();
  const order = { external_id: 'o', currency: 'EUR', ordered_at, status: 'confirmed', session_id: 'crossed' };
  const { data } = await ask('POST', '/orders', { ...order, total: 100 });
  const credited = async () => {
    const { meta } = await ask('GET', `/orders/${data.id}/credits?model=last_touch`);
    return meta.net.map(({ revenue }: { revenue: number }) => revenue);
  };
  await settled(data.id);
  expect(await credited()).toEqual([]);

  const visit = {
    session_id: 'crossed',
    tracking_code: 'CROSSED',
    landing_page: '/',
    user_agent,
    key: siteKey,
  };
  await ask('POST', '/campaigns/track-visit', visit);
  kill();
  await start();
  await expect.poll(credited, { timeout: 60_000 }).toEqual([100]);

  async function settled(id: string): Promise<void> {
    for (;;) {
      const { settlement } = (await ask('GET', `/orders/${id}`)).data;
      if (settlement.status === 'settled') return;
      await wait(100);
    }
  }
});
