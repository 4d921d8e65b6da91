import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must, openShop } from '../../../test/shop.ts';
import type { NewClick } from '../visits/insert-clicks.ts';
import { linkClickId } from '../visits/live/adopt-link-click.ts';
import { forgetArrivedLinks, recordLinkClicks } from '../visits/live/record-link-clicks.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const shop = openShop(api, 'links');
const landing_url = 'https://shop.example/dresses?sort=new&utm_source=old#top';
const id = await shop.campaign('Summer Dress Reel', { tracking_code: 'SUMMER_01', landing_url });
await shop.campaign('nowhere', { tracking_code: 'NOWHERE_01' });

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const follow = (path: string, method: 'GET' | 'HEAD' = 'GET') =>
  api.app.inject({
    method,
    url: path,
    headers: { 'user-agent': chrome, referer: 'https://l.instagram.com/' },
  });
const clicks = () => api.db.selectFrom('clicks').selectAll().execute();

describe('the link of a campaign', () => {
  it('is its landing page with UTM parameters in place of its own', async () => {
    const tracking_url =
      'https://shop.example/dresses?sort=new&utm_source=instagram&utm_medium=social&utm_campaign=SUMMER_01&utm_content=summer-dress-reel#top';
    expect(must(await api.get(`/campaigns/${id}`), 200).data.tracking_url).toBe(tracking_url);
    const { data } = must(await api.get(`/campaigns/${id}/link`, { host: 'track.example' }), 200);
    expect(data).toMatchObject({ tracking_url, short_url: 'http://track.example/r/SUMMER_01' });
  });

  it('is tagged as a template says, and as asked for', async () => {
    const template = { name: 'Bio', utm_source: 'ig', utm_content: 'bio-{platform}' };
    const made = must(await api.post('/utm-templates', template), 201).data;
    const { data } = must(
      await api.get(`/campaigns/${id}/link?utm_template_id=${made.id}&utm_term=red`, {
        host: 'track.example',
      }),
      200,
    );
    expect(data.utm).toEqual({
      utm_source: 'ig',
      utm_medium: 'social',
      utm_campaign: 'SUMMER_01',
      utm_content: 'bio-instagram',
      utm_term: 'red',
    });
    expect(data.short_url).toBe(
      'http://track.example/r/SUMMER_01?utm_source=ig&utm_content=bio-instagram&utm_term=red',
    );
    expect((await api.post('/utm-templates', { name: 'bio' })).status).toBe(409);
    must(await api.patch(`/utm-templates/${made.id}`, { utm_source: null, name: 'Profile' }), 200);
    expect(must(await api.get('/utm-templates'), 200).data).toMatchObject([
      { name: 'Profile', utm_source: null },
    ]);
    must(await api.delete(`/utm-templates/${made.id}`), 200);
    expect((await api.get(`/campaigns/${id}/link?utm_template_id=${made.id}`)).status).toBe(404);
  });

  it('is drawn as a QR code', async () => {
    const svg = await api.get(`/campaigns/${id}/qr.svg?size=200`);
    expect(svg.headers['content-type']).toBe('image/svg+xml');
    expect(svg.text).toMatch(/^<svg .*width="200"/);
    const png = await api.app.inject({
      url: `/api/v1/campaigns/${id}/qr.png`,
      headers: { authorization: `Bearer ${api.settings.adminKey}` },
    });
    expect(png.rawPayload.subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('a short link', () => {
  it('leads to the landing page, records the click and hands its session over', async () => {
    const reply = await follow(
      '/r/summer_01?utm_content=poster&next=https://evil.example&utm_campaign=other',
    );
    expect(reply.statusCode).toBe(302);
    expect(reply.headers['cache-control']).toBe('no-store');
    const to = new URL(String(reply.headers.location));
    expect(to.origin + to.pathname).toBe('https://shop.example/dresses');
    const session = to.searchParams.get('ts_session')!;
    expect(Object.fromEntries(to.searchParams)).toEqual({
      sort: 'new',
      utm_source: 'instagram',
      utm_medium: 'social',
      utm_campaign: 'SUMMER_01',
      utm_content: 'poster',
      ts_session: session,
    });
    await expect
      .poll(clicks)
      .toMatchObject([
        { session_id: session, campaign_id: id, received_via: 'link', channel: 'social', excluded: null },
      ]);
    // The tracker on the landing page takes the click over into the session of its browser, once.
    const key = { authorization: '', 'x-site-key': api.settings.siteKey!, 'user-agent': chrome };
    const sent = { session_id: 'browser', landing_page: to.href, ts_session: session };
    const first = must(await api.post('/campaigns/track-visit', sent, key), 200).data;
    const again = must(await api.post('/campaigns/track-visit', sent, key), 200).data;
    expect([first.campaign_id, again.visit_id]).toEqual([id, first.visit_id]);
    expect(await clicks()).toMatchObject([{ session_id: 'browser', received_via: 'link' }]);
  });

  it('clicked again by the same browser is another visit of it; by the merchant, kept apart', async () => {
    const key = { authorization: '', 'x-site-key': api.settings.siteKey!, 'user-agent': chrome };
    const arrive = async (fields: Record<string, unknown>) => {
      const { headers } = await follow('/r/SUMMER_01');
      const ts_session = new URL(String(headers.location)).searchParams.get('ts_session');
      const sent = { session_id: 'returning', landing_page: '/', ts_session, ...fields };
      return must(await api.post('/campaigns/track-visit', sent, key), 200).data;
    };
    const one = await arrive({});
    api.clock.advance(86_400_000);
    const two = await arrive({});
    expect(two.visit_id).not.toBe(one.visit_id);
    const own = await arrive({ own: true });
    expect(own.note).toContain('your own traffic');
    const kept = (await clicks()).filter(({ session_id }) => session_id === 'returning');
    expect(kept.map(({ excluded }) => excluded)).toEqual([null, null, 'own_traffic']);
  });

  it('whose click is kept only after its visitor arrived is counted once, in their session', async () => {
    const key = { authorization: '', 'x-site-key': api.settings.siteKey!, 'user-agent': chrome };
    const late = async (link: string) => {
      const id = linkClickId(link);
      const at = api.clock.now();
      const row: NewClick = {
        ...{
          session_id: link,
          id,
          clicked_at: at,
          received_at: at,
          campaign_id: null,
          tracking_code: 'summer_01',
        },
        ...{ channel: 'social', received_via: 'link', excluded: null, landing_page: null, referrer: null },
        ...{
          utm: null,
          click_ids: null,
          device_type: null,
          browser: null,
          os: null,
          country: null,
          city: null,
        },
        ...{ address_hash: null, address: null, user_agent: null },
      };
      await recordLinkClicks(api.db, [row], { window_days: 30, priority: 0 });
    };
    const arrive = async (link: string) => {
      const sent = {
        session_id: `of ${link}`,
        landing_page: '/',
        tracking_code: 'SUMMER_01',
        ts_session: link,
      };
      return must(await api.post('/campaigns/track-visit', sent, key), 200).data;
    };
    const kept = async (link: string) =>
      (await clicks()).filter(({ id }) => id === linkClickId(link)).map(({ session_id }) => session_id);

    const first = await arrive('slow');
    await late('slow');
    expect((await arrive('slow')).visit_id).toBe(first.visit_id);
    expect(await kept('slow')).toEqual(['of slow']);
    for (let time = 0; time < 10; time += 1) {
      await Promise.all([late(`race ${time}`), arrive(`race ${time}`)]);
      expect(await kept(`race ${time}`)).toEqual([`of race ${time}`]);
    }
    await forgetArrivedLinks(api.db, new Date(api.clock.now().getTime() + 2 * 86_400_000));
    expect(await api.db.selectFrom('arrived_links').selectAll().execute()).toEqual([]);
  });

  it('is taken over once, by whichever of two asks first, and stays where it is for a session that names itself', async () => {
    const key = { authorization: '', 'x-site-key': api.settings.siteKey!, 'user-agent': chrome };
    const arrive = async (session_id: string, ts_session: string) => {
      const sent = { session_id, landing_page: '/', tracking_code: 'SUMMER_01', ts_session };
      return must(await api.post('/campaigns/track-visit', sent, key), 200).data;
    };
    const linkSession = async () => {
      const { headers } = await follow('/r/SUMMER_01');
      return new URL(String(headers.location)).searchParams.get('ts_session')!;
    };
    const twice = await linkSession();
    const visits = await Promise.all([arrive('at once', twice), arrive('at once', twice)]);
    expect(visits[0].visit_id).toBe(visits[1].visit_id);
    const itself = await linkSession();
    await arrive(itself, itself);
    const kept = await clicks();
    expect(kept.filter(({ session_id }) => session_id === 'at once')).toHaveLength(1);
    expect(kept.filter(({ session_id }) => session_id === itself)).toMatchObject([{ received_via: 'link' }]);
    expect(kept.some(({ session_id }) => session_id === twice)).toBe(false);
  });

  it('records nothing for who only looks where it leads', async () => {
    const before = (await clicks()).length;
    const reply = await follow('/r/SUMMER_01', 'HEAD');
    expect(reply.statusCode).toBe(302);
    expect(String(reply.headers.location)).not.toContain('ts_session');
    expect(await clicks()).toHaveLength(before);
  });

  it.each([
    ['sec-purpose', 'prefetch;prerender'],
    ['purpose', 'prefetch'],
    ['x-moz', 'prefetch'],
  ])(
    'turns away a browser that only prepares the page (%s: %s), and counts when somebody goes there',
    async (name, value) => {
      const before = (await clicks()).length;
      const headers = { 'user-agent': chrome, [name]: value };
      const reply = await api.app.inject({ url: '/r/SUMMER_01', headers });
      expect([reply.statusCode, reply.headers['cache-control']]).toEqual([503, 'no-store']);
      expect(await clicks()).toHaveLength(before);
      expect((await follow('/r/SUMMER_01')).statusCode).toBe(302);
    },
  );

  it('that leads nowhere says so in plain words', async () => {
    for (const path of ['/r/UNKNOWN_01', '/r/NOWHERE_01', '/r/channel:direct']) {
      const reply = await follow(path);
      expect(reply.statusCode).toBe(404);
      expect(reply.body).toContain('This link leads nowhere');
    }
  });

  it('leads on when its click cannot be kept in time, and says that it was not counted', async () => {
    const lock = await api.pool.connect();
    await lock.query('begin');
    await lock.query('lock table clicks');
    const reply = await follow('/r/SUMMER_01');
    expect(reply.statusCode).toBe(302);
    expect(reply.headers['x-touchstone-click']).toBe('not-counted');
    await lock.query('rollback');
    lock.release();
  });
});
