import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { killableServer } from './killable-server.ts';

const { start, kill: killEverything, ask, siteKey } = await killableServer();
const user_agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const kills = 10;

test(`no acknowledged order or visit and no settlement is lost when server and database are killed, ${kills} times over`, async () => {
  const acknowledged: string[] = [];
  const arrived: string[] = [];
  await start();
  await ask('POST', '/products', { external_id: 'shoe', cost: 40 });
  let visited = '';
  for (const name of ['A', 'B', 'C']) {
    const { data } = await ask('POST', '/campaigns', {
      name,
      ...(name === 'C' ? { tracking_code: 'VISITED' } : {}),
      platform: 'instagram',
      campaign_type: 'post',
      starts_at: '2026-01-01T00:00:00Z',
    });
    await ask('POST', `/campaigns/${data.id}/products`, { external_ids: ['shoe'] });
    await ask('PUT', `/campaigns/${data.id}/activate`);
    visited = data.id;
  }

  for (let kill = 1; kill <= kills; kill += 1) {
    const before = acknowledged.length;
    const visitsBefore = arrived.length;
    const load = [1, 2, 3, 4].flatMap((sender) => [
      sendOrders(`${kill}-${sender}`, acknowledged),
      sendVisits(`${kill}-${sender}`, arrived),
    ]);
    while (acknowledged.length < before + 10 || arrived.length < visitsBefore + 50) await wait(10);
    await wait((kill * 37) % 250);
    killEverything();
    await Promise.all(load);
    await start();
  }

  await untilSettled();
  const kept = new Map<string, { settlement: { status: string } }>();
  for (let cursor = ''; ; ) {
    const page = await ask('GET', `/orders?limit=500${cursor}`);
    for (const order of page.data) kept.set(order.external_id, order);
    if (page.meta.next_cursor === null) break;
    cursor = `&cursor=${page.meta.next_cursor}`;
  }
  expect(acknowledged.filter((order) => !kept.has(order))).toEqual([]);
  expect([...kept.values()].filter(({ settlement }) => settlement.status !== 'settled')).toEqual([]);
  const came = new Set<string>();
  for (let cursor = ''; ; ) {
    const page = await ask('GET', `/campaigns/${visited}/visits?limit=500${cursor}`);
    for (const { session_id } of page.data) came.add(session_id);
    if (page.meta.next_cursor === null) break;
    cursor = `&cursor=${page.meta.next_cursor}`;
  }
  expect(arrived.filter((session) => !came.has(session))).toEqual([]);
  const { data } = await ask('POST', '/admin/verify');
  expect(data).toMatchObject({ orders_checked: kept.size, pending: 0, difference_count: 0 });
}, 300_000);

/** Sends orders one by one until the server is gone, noting those it acknowledged. */
async function sendOrders(name: string, acknowledged: string[]): Promise<void> {
  for (let number = 1; ; number += 1) {
    const external_id = `${name}-${number}`;
    try {
      await ask('POST', '/orders', {
        external_id,
        currency: 'EUR',
        ordered_at: '2026-02-01T12:00:00Z',
        status: 'confirmed',
        lines: [{ product: { external_id: 'shoe' }, quantity: 1, unit_price: 100 }],
      });
      acknowledged.push(external_id);
    } catch (error) {
      if (error instanceof TypeError) return; // the connection is gone, and so is the server
      throw error;
    }
  }
}

/** Sends visits one after the other until the server is gone, noting the sessions it acknowledged. */
async function sendVisits(name: string, acknowledged: string[]): Promise<void> {
  for (let number = 1; ; number += 1) {
    const session_id = `${name}-${number}`;
    const visit = { session_id, tracking_code: 'VISITED', landing_page: '/', user_agent, key: siteKey };
    try {
      await ask('POST', '/campaigns/track-visit', visit);
      acknowledged.push(session_id);
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}

async function untilSettled(): Promise<void> {
  for (let look = 0; look < 600; look += 1) {
    const { data } = await ask('GET', '/admin/queue');
    if (data.waiting + data.running + data.retrying === 0) return;
    await wait(200);
  }
  const { data } = await ask('GET', '/admin/jobs?limit=3');
  throw new Error(`the queue was not worked off within two minutes: ${JSON.stringify(data)}`);
}
