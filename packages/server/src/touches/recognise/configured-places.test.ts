import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { oneNetworkDatabase } from '../../../test/one-network-database.ts';
import { must, openShop } from '../../../test/shop.ts';

const folder = await mkdtemp(join(tmpdir(), 'touchstone-places-'));
afterAll(() => rm(folder, { recursive: true }));
const cityDatabase = join(folder, 'cities.mmdb');
await writeFile(
  cityDatabase,
  oneNetworkDatabase('81.2.69.0/24', { city: { names: { en: 'London' } }, country: { iso_code: 'GB' } }),
);

const api = await startApi({
  now: '2026-03-01T12:00:00Z',
  settings: {
    models: ['last_touch'],
    trustedProxies: ['127.0.0.1'],
    ownAddresses: ['198.51.100.7', '203.0.113.0/24', '2001:db8::/32'],
    cityDatabase,
  },
});
const shop = openShop(api, 'places');
const campaign = await shop.campaign('A', { tracking_code: 'PLACES_01' });
const agent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

async function visitFrom(address: string, session_id: string) {
  const body = { session_id, tracking_code: 'PLACES_01', landing_page: '/' };
  const headers = {
    authorization: '',
    'x-site-key': api.settings.siteKey!,
    'user-agent': agent,
    'x-forwarded-for': address,
  };
  return must(await api.post('/campaigns/track-visit', body, headers), 200).data;
}

async function clickOf(session: string) {
  return await api.db
    .selectFrom('clicks')
    .select(['excluded', 'country', 'city', 'address'])
    .where('session_id', '=', session)
    .executeTakeFirstOrThrow();
}

describe('a visit from an address of your own', () => {
  it('is kept apart, by the address or its network, and says so; one beside it is not', async () => {
    for (const [place, address] of ['198.51.100.7', '203.0.113.250', '2001:db8::1'].entries()) {
      const { note } = await visitFrom(address, `own-${place}`);
      expect(note).toMatch(/your own traffic/);
      expect(await clickOf(`own-${place}`)).toMatchObject({ excluded: 'own_traffic', address: null });
    }
    expect((await visitFrom('198.51.100.8', 'neighbour')).note).toBeUndefined();
    expect(await clickOf('neighbour')).toMatchObject({ excluded: null });
    const { data } = must(await api.get(`/campaigns/${campaign}/analytics`), 200);
    expect(data).toMatchObject({
      total_visits: 1,
      kept_apart: { bot: 0, own_traffic: 3, impossible_rate: 0 },
    });
  });

  it('earns nothing of an order', async () => {
    await visitFrom('203.0.113.1', 'own-buyer');
    api.clock.set('2026-03-02T12:00:00Z');
    await shop.order('o1', { at: '2026-03-02T12:00:00Z', total: 10, session_id: 'own-buyer' });
    await api.settle();
    expect(must(await api.get(`${shop.path('o1')}/credits`), 200).data).toEqual([]);
  });
});

describe('a database of cities', () => {
  it('says where a visitor is; whom it does not know, the database of countries that comes along does', async () => {
    await visitFrom('81.2.69.160', 'in-london');
    expect(await clickOf('in-london')).toMatchObject({ country: 'GB', city: 'London' });
    await visitFrom('8.8.8.8', 'elsewhere');
    expect(await clickOf('elsewhere')).toMatchObject({ country: 'US', city: null });
    await visitFrom('192.168.1.4', 'at-home');
    expect(await clickOf('at-home')).toMatchObject({ country: null, city: null });
  });
});
