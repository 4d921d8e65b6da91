import { describe, expect, it } from 'vitest';
import { startApi } from '../../../../test/api.ts';
import { must, openShop } from '../../../../test/shop.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z', settings: { models: ['last_touch'] } });
const shop = openShop(api, 'shop');
const parent = await shop.campaign('parent', { owner: 'Acme' });
const child = await shop.campaign('child', { tracking_code: 'CHILD_01', parent: 'parent' });
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1';

must(
  await api.post('/visits/batch', {
    visits: [
      { session_id: 's1', visited_at: '2026-02-01T22:59:00Z', last_activity_at: '2026-02-03T00:00:00Z' },
      { session_id: 's1', visited_at: '2026-02-01T23:10:00Z' },
      { session_id: 's2', visited_at: '2026-02-02T10:00:00Z', country: 'AT', user_agent: iphone },
      { session_id: 's3', visited_at: '2026-02-02T11:00:00Z', user_agent: 'Googlebot/2.1' },
    ].map((visit) => ({ ...visit, tracking_code: 'CHILD_01' })),
  }),
  200,
);
const ask = async (path: string) => must(await api.get(`/campaigns/${path}`), 200);
const keyOf = async (owner: string) => {
  const made = await api.post('/api-keys', { name: owner, role: 'advertiser', owner_scope: [owner] });
  return { authorization: `Bearer ${must(made, 201).data.key}` };
};
const sessions = ({ data }: { data: { session_id: string }[] }) => data.map(({ session_id }) => session_id);

describe('the visits of a campaign', () => {
  it('are shown with their life and their repeats, the latest first', async () => {
    await shop.order('o1', { at: '2026-02-04T00:00:00Z', total: 10, session_id: 's1' });
    await api.settle();
    const { data } = await ask(`${child}/visits`);
    expect(data).toMatchObject([
      { session_id: 's2', country: 'AT', device_type: 'mobile', browser: 'Safari', os: 'iOS', order_ids: [] },
      {
        session_id: 's1',
        campaign_id: child,
        clicks: 2,
        visited_at: '2026-02-01T22:59:00.000Z',
        last_activity_at: '2026-02-03T00:00:00.000Z',
        expires_at: '2026-03-05T00:00:00.000Z',
        order_ids: [shop.orderIds.get('o1')],
      },
    ]);
  });

  it('are those of a range in a zone, of a country, a device, a tree', async () => {
    expect(sessions(await ask(`${child}/visits?to=2026-02-01`))).toEqual(['s1']);
    expect(sessions(await ask(`${child}/visits?to=2026-02-01&tz=Asia/Tokyo`))).toEqual([]);
    expect(sessions(await ask(`${child}/visits?country=at&device_type=mobile`))).toEqual(['s2']);
    expect(sessions(await ask(`${parent}/visits`))).toEqual([]);
    expect(sessions(await ask(`${parent}/visits?include_children=true`))).toEqual(['s2', 's1']);
  });

  it('do not show what is kept apart, unless asked for it', async () => {
    expect((await ask(`${child}/visits?excluded=true`)).data).toMatchObject([
      { session_id: 's3', excluded: 'bot', expires_at: null },
    ]);
    expect((await ask(`${child}/visits?excluded=own_traffic`)).data).toEqual([]);
  });

  it('come in pages, and as rows', async () => {
    const first = await ask(`${child}/visits?limit=1`);
    const second = await ask(`${child}/visits?limit=1&cursor=${first.meta.next_cursor}`);
    expect([...sessions(first), ...sessions(second)]).toEqual(['s2', 's1']);
    expect(second.meta.next_cursor).toBeNull();
    const csv = await api.get(`/campaigns/${child}/visits`, { accept: 'text/csv' });
    expect(csv.text.split('\r\n')[0]).toMatch(/^visit_id,session_id,campaign_id,channel/);
  });

  it('are seen by whose campaign it is, and by no other owner', async () => {
    expect((await api.get(`/campaigns/${child}/visits`, await keyOf('Acme'))).body.data).toHaveLength(2);
    expect((await api.get(`/campaigns/${child}/visits`, await keyOf('Other'))).status).toBe(404);
  });
});

describe('active visits', () => {
  it('are those seen in the last minutes that are alive', async () => {
    const key = { authorization: '', 'x-site-key': api.settings.siteKey! };
    const activity = async (session_id: string) =>
      must(await api.post('/campaigns/update-activity', { session_id }, key), 200);
    await activity('s1');
    await activity('s2');
    api.clock.advance(4 * 60_000);
    await activity('s2');
    const { data, meta } = await ask(`${parent}/visits/active?include_children=true`);
    expect(sessions({ data })).toEqual(['s2', 's1']);
    expect(meta).toMatchObject({ count: 2 });
    api.clock.advance(2 * 60_000);
    expect(sessions(await ask(`${child}/visits/active`))).toEqual(['s2']);
    expect(sessions(await ask(`${child}/visits/active?minutes=1`))).toEqual([]);
  });

  it('are shown of the whole shop, with arrivals without a campaign, and of an owner’s campaigns', async () => {
    const key = { authorization: '', 'x-site-key': api.settings.siteKey! };
    const arrive = { session_id: 's9', landing_page: 'https://shop.example/', user_agent: iphone };
    must(await api.post('/campaigns/track-visit', arrive, key), 200);
    const { data, meta } = must(await api.get('/visits/active'), 200);
    expect(sessions({ data })).toEqual(['s9', 's2']);
    expect(data[0]).toMatchObject({ campaign_id: null, channel: 'direct' });
    expect(meta).toMatchObject({ count: 2 });
    expect(sessions(must(await api.get('/visits/active?limit=1'), 200))).toEqual(['s9']);
    expect(sessions(must(await api.get('/visits/active', await keyOf('Acme')), 200))).toEqual(['s2']);
    expect(sessions(must(await api.get('/visits/active', await keyOf('Other')), 200))).toEqual([]);
  });
});
