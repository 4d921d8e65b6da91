import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startApi } from '../../../../test/api.ts';
import { must, openShop } from '../../../../test/shop.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z', settings: { trustedProxies: ['127.0.0.1'] } });
const shop = openShop(api, 'visits');
const key = { 'x-site-key': 'tss_key-of-the-tests', authorization: '' };
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

async function visit(body: Record<string, unknown>, headers: Record<string, string> = {}) {
  return must(
    await api.post(
      '/campaigns/track-visit',
      { landing_page: '/', ...body },
      { ...key, 'user-agent': chrome, ...headers },
    ),
    200,
  ).data;
}

const activity = async (session_id: string) =>
  must(await api.post('/campaigns/update-activity', { session_id }, key), 200).data;

const clicksOf = (session: string) =>
  api.db
    .selectFrom('clicks')
    .selectAll()
    .where('session_id', '=', session)
    .orderBy('clicked_at')
    .orderBy('id')
    .execute();

describe('a visit', () => {
  it('is its campaign’s by the tracking code, in whatever case, and lives thirty days', async () => {
    const a = await shop.campaign('A', { tracking_code: 'SUMMER_01' });
    const tracked = await visit({ session_id: 's1', tracking_code: 'summer_01' });
    expect(tracked).toEqual({
      visit_id: expect.any(String),
      campaign_id: a,
      expires_at: '2026-03-31T12:00:00.000Z',
    });
    expect(await activity('s1')).toEqual({
      visit_id: tracked.visit_id,
      expires_at: '2026-03-31T12:00:00.000Z',
    });
  });

  it('has its code from utm_campaign where no other is given', async () => {
    const landing_page = 'https://shop.example/x?utm_source=Insta&utm_campaign=SUMMER_01&gclid=abc';
    const { campaign_id } = await visit({ session_id: 's2', landing_page });
    expect(campaign_id).toBe(shop.campaignIds.get('A'));
    const [click] = await clicksOf('s2');
    expect(click).toMatchObject({
      utm: { utm_source: 'Insta', utm_campaign: 'SUMMER_01' },
      click_ids: { gclid: 'abc' },
      channel: 'paid',
      device_type: 'desktop',
      browser: 'Chrome',
      os: 'Windows',
      address: null,
    });
  });

  it('with an empty code is one without: of utm_campaign, or of no campaign', async () => {
    const landing_page = 'https://shop.example/?utm_campaign=SUMMER_01';
    const tagged = await visit({ session_id: 'empty 1', tracking_code: '', landing_page });
    expect(tagged.campaign_id).toBe(shop.campaignIds.get('A'));
    const plain = await visit({ session_id: 'empty 2', tracking_code: ' ', utm: { utm_campaign: '' } });
    expect(plain).toMatchObject({ campaign_id: null, visit_id: expect.any(String) });
    expect(plain.note).toBeUndefined();
    expect(await clicksOf('empty 2')).toMatchObject([{ tracking_code: null, channel: 'direct' }]);
  });

  it('by an ad with a name longer than any code is kept, and harms none that comes with it', async () => {
    // Characters that do not compress: a thousand of them are more than an index takes.
    const utm_campaign = String.fromCharCode(...Array.from({ length: 1000 }, (_, at) => 0x4e00 + at * 17));
    const all = Array.from({ length: 8 }, (_, place) =>
      visit({ session_id: `long ${place}`, utm: place === 4 ? { utm_campaign } : {} }),
    );
    expect(await Promise.all(all)).toHaveLength(8);
    const [click] = await clicksOf('long 4');
    expect([click!.utm, click!.tracking_code]).toEqual([{ utm_campaign }, utm_campaign.slice(0, 200)]);
  });

  it('without a campaign has a channel and no note', async () => {
    const tracked = await visit({ session_id: 's3', referrer: 'https://www.google.com/' });
    expect(tracked).toMatchObject({ campaign_id: null });
    expect(tracked.note).toBeUndefined();
    expect(await clicksOf('s3')).toMatchObject([{ channel: 'organic_search', tracking_code: null }]);
  });

  it('of clicks at the same moment is one for all of a session, whichever batch they came in', async () => {
    // In the first rounds the database's connections are still being opened, and the second batch comes too late.
    for (let round = 0; round < 20; round += 1) {
      const waves = Array.from({ length: 6 }, async (_, wave) => {
        await wait(wave);
        const sessions = [`crowd ${round}`, `alone ${round} ${wave}`];
        return Promise.all(sessions.map((session_id) => visit({ session_id, tracking_code: 'SUMMER_01' })));
      });
      const answers = await Promise.all(waves);
      expect(new Set(answers.map(([crowd]) => crowd.visit_id)).size).toBe(1);
      expect(new Set(answers.map(([, alone]) => alone.visit_id)).size).toBe(answers.length);
    }
  });

  it('of a repeated click is the one before, until thirty idle minutes have passed', async () => {
    api.clock.set('2026-03-02T10:00:00Z');
    const first = await visit({ session_id: 's4', tracking_code: 'SUMMER_01' });
    api.clock.set('2026-03-02T10:29:00Z');
    const repeat = await visit({ session_id: 's4', tracking_code: 'SUMMER_01' });
    expect(repeat.visit_id).toBe(first.visit_id);
    api.clock.set('2026-03-02T10:58:00Z');
    expect((await activity('s4')).visit_id).toBe(first.visit_id);
    api.clock.set('2026-03-02T11:28:00Z');
    expect((await visit({ session_id: 's4', tracking_code: 'SUMMER_01' })).visit_id).toBe(first.visit_id);
    api.clock.set('2026-03-02T11:58:01Z');
    expect((await visit({ session_id: 's4', tracking_code: 'SUMMER_01' })).visit_id).not.toBe(first.visit_id);
    expect(await clicksOf('s4')).toHaveLength(4);
  });

  it('ends thirty days after the last activity, and is not revived', async () => {
    api.clock.set('2026-03-03T12:00:00Z');
    await visit({ session_id: 's5', tracking_code: 'SUMMER_01' });
    api.clock.set('2026-04-02T11:59:59Z');
    expect(await activity('s5')).toMatchObject({ expires_at: '2026-05-02T11:59:59.000Z' });
    api.clock.set('2026-05-02T11:59:59Z');
    expect(await activity('s5')).toEqual({ visit_id: null, expires_at: null });
    expect(await activity('nobody')).toEqual({ visit_id: null, expires_at: null });
  });
});

describe('an orphan', () => {
  it('says so, and is claimed by the campaign that gets its code, when created or renamed', async () => {
    const tracked = await visit({ session_id: 'o1', tracking_code: 'LATER_01' });
    expect(tracked).toMatchObject({
      campaign_id: null,
      note: expect.stringMatching(/No campaign has .* later_01/),
    });
    await visit({ session_id: 'o2', tracking_code: 'RENAMED_01' });
    const later = await shop.campaign('later', { tracking_code: 'Later_01' });
    const renamed = await shop.campaign('renamed');
    must(await api.patch(`/campaigns/${renamed}`, { tracking_code: 'RENAMED_01' }), 200);
    await api.settle();
    expect(await clicksOf('o1')).toMatchObject([{ campaign_id: later }]);
    expect(await clicksOf('o2')).toMatchObject([{ campaign_id: renamed }]);
  });
});

describe('what is kept apart', () => {
  it('are bots, own traffic and arrivals at an impossible rate, each with its reason', async () => {
    const bot = await visit({
      session_id: 'x1',
      user_agent: 'Googlebot/2.1 (+http://www.google.com/bot.html)',
    });
    expect(bot.note).toMatch(/bot/);
    expect((await visit({ session_id: 'x2', own: true })).note).toMatch(/own traffic/);
    for (let time = 0; time < 31; time += 1) await visit({ session_id: 'x3' });
    expect(await clicksOf('x1')).toMatchObject([{ excluded: 'bot', device_type: 'bot' }]);
    expect(await clicksOf('x2')).toMatchObject([{ excluded: 'own_traffic' }]);
    expect((await clicksOf('x3')).map(({ excluded }) => excluded).filter(Boolean)).toEqual([
      'impossible_rate',
    ]);
  });
});

describe('an address', () => {
  it('tells the country and is kept as a hash alone', async () => {
    await visit({ session_id: 'a1' }, { 'x-forwarded-for': '8.8.8.8' });
    await visit({ session_id: 'a2' }, { 'x-forwarded-for': '8.8.8.8' });
    const [one] = await clicksOf('a1');
    const [two] = await clicksOf('a2');
    expect(one).toMatchObject({ country: 'US', city: null, address: null });
    expect(one?.address_hash).toHaveLength(16);
    expect(one?.address_hash).toEqual(two?.address_hash);
  });
});

describe('a page', () => {
  const body = { session_id: 'p1', landing_page: '/' };
  const post = (given: object | string, headers: Record<string, string>, path = '/campaigns/track-visit') =>
    api.post(path, given, { authorization: '', ...headers });

  it('needs a site key, in the header, the query or the body', async () => {
    const refused = await post(body, {});
    expect(refused.status).toBe(401);
    expect(refused.body.error.message).toMatch(/site key.*TOUCHSTONE_CORS_ORIGINS/);
    expect((await post(body, { 'x-site-key': 'tss_unknown' })).status).toBe(401);
    expect((await post({ ...body, key: 'tss_key-of-the-tests' }, {})).status).toBe(200);
    expect((await post(body, {}, '/campaigns/track-visit?key=tss_key-of-the-tests')).status).toBe(200);
  });

  it('may send JSON as text, as sendBeacon does, and read the answer', async () => {
    const sent = JSON.stringify({ ...body, key: 'tss_key-of-the-tests' });
    const reply = await post(sent, {
      'content-type': 'text/plain;charset=UTF-8',
      origin: 'https://any.example',
    });
    expect(reply.status).toBe(200);
    expect(reply.headers['access-control-allow-origin']).toBe('*');
    const preflight = await api.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/campaigns/track-visit',
      headers: { origin: 'https://any.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toContain('x-site-key');
  });

  it('is refused what is too large, malformed or unknown', async () => {
    const with_ = (fields: object) => post({ ...body, ...fields }, key);
    expect((await with_({ referrer: 'x'.repeat(17_000) })).status).toBe(413);
    expect((await with_({ utm: { a: 'x'.repeat(1001) } })).status).toBe(422);
    expect((await with_({ visited_at: '2020-01-01T00:00:00Z' })).status).toBe(422);
    expect((await post({ landing_page: '/' }, key)).body.error.fields[0].path).toBe('session_id');
    expect((await post('{', key)).status).toBe(400);
  });

  it('uses a site key until it is revoked', async () => {
    const made = must(await api.post('/site-keys', { name: 'Shop' }), 201).data;
    expect((await post(body, { 'x-site-key': made.key })).status).toBe(200);
    expect(must(await api.get('/site-keys'), 200).data).toMatchObject([{ id: made.id, key: made.key }]);
    must(await api.delete(`/site-keys/${made.id}`), 200);
    expect((await post(body, { 'x-site-key': made.key })).status).toBe(401);
  });
});
