import { describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { routes } from './index.ts';

const now = '2026-03-01T12:00:00.000Z';
const api = await startApi({ routes, now });

async function create(fields: Record<string, unknown> = {}) {
  return api.post('/campaigns', { name: 'Spring', platform: 'facebook', ...fields });
}

describe('a new campaign', () => {
  it('is a draft that starts now, in the currency of the installation', async () => {
    const { status, body } = await create({ name: 'Plain' });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({
      name: 'Plain',
      platform: 'facebook',
      campaign_type: 'campaign',
      status: 'draft',
      starts_at: now,
      ends_at: null,
      currency: 'EUR',
      running_periods: [],
      children_count: 0,
      spend_to_date: 0,
      created_by: 'key:admin',
      archived_at: null,
    });
    expect((await api.get(`/campaigns/${body.data.id}`)).body.data).toEqual(body.data);
  });

  it('keeps every field as it was given', async () => {
    const fields = {
      name: 'Everything',
      description: 'All there is',
      objective: 'sales',
      platform: 'tiktok',
      campaign_type: 'video',
      post_url: 'https://tiktok.com/@shop/video/1',
      landing_url: 'https://shop.example/summer',
      tracking_code: 'Everything-01',
      starts_at: '2026-04-01T00:00:00.000Z',
      ends_at: '2026-05-01T00:00:00.000Z',
      budget_type: 'daily',
      budget_amount: 19.99,
      currency: 'USD',
      owner: 'Acme',
      call_to_action: 'Shop now',
      socials: { handle: '@shop' },
      targeting: { regions: ['DE', 'AT'], audiences: ['runners'] },
      notes: 'None',
      metadata: { hashtags: ['#summer'], nested: { deep: true } },
    };
    expect((await create(fields)).body.data).toMatchObject(fields);
  });

  it('starts when its parent does unless told otherwise', async () => {
    const starts_at = '2026-06-01T00:00:00.000Z';
    const parent = (await create({ name: 'Parent', platform: 'multi', starts_at })).body.data;
    const child = (await create({ name: 'Child', parent_campaign_id: parent.id })).body.data;
    expect(child).toMatchObject({ parent_campaign_id: parent.id, starts_at });
    const later = await create({
      name: 'Later child',
      parent_campaign_id: parent.id,
      starts_at: '2026-06-09T00:00:00Z',
    });
    expect(later.body.data.starts_at).toBe('2026-06-09T00:00:00.000Z');
    expect((await api.get(`/campaigns/${parent.id}`)).body.data.children_count).toBe(2);
    const children = (await api.get(`/campaigns/${parent.id}/children`)).body.data;
    expect(children.map(({ name }: { name: string }) => name)).toEqual(['Later child', 'Child']);
  });

  it('runs from its start when it is to be activated at once', async () => {
    const late = (
      await create({ activate: true, starts_at: '2026-01-01T00:00:00Z', ends_at: '2026-09-01T00:00:00Z' })
    ).body;
    expect(late.data).toMatchObject({
      status: 'running',
      running_periods: [{ from: '2026-01-01T00:00:00.000Z', to: '2026-09-01T00:00:00.000Z' }],
    });
    const ahead = (await create({ activate: true, starts_at: '2026-04-01T00:00:00Z' })).body;
    expect(ahead.data.running_periods).toEqual([{ from: '2026-04-01T00:00:00.000Z', to: null }]);
    const over = await create({
      activate: true,
      starts_at: '2026-01-01T00:00:00Z',
      ends_at: '2026-02-01T00:00:00Z',
    });
    expect(over.body.data).toMatchObject({
      status: 'ended',
      running_periods: [{ to: '2026-02-01T00:00:00.000Z' }],
    });
  });

  it('takes a cost as its first spend, dated the day it starts where the shop is', async () => {
    const { data } = (await create({ cost: '250.50', starts_at: '2026-03-31T22:30:00Z' })).body;
    const spend = (await api.get(`/campaigns/${data.id}/spend`)).body;
    expect(spend.data).toMatchObject([
      { day: '2026-04-01', amount: 250.5, currency: 'EUR', source: 'manual' },
    ]);
  });

  it('is created once, however often a request with an Idempotency-Key is sent', async () => {
    const key = { 'idempotency-key': 'once' };
    const body = { name: 'Once', platform: 'x', activate: true, cost: 1 };
    const first = await api.post('/campaigns', body, key);
    const second = await api.post('/campaigns', body, key);
    expect(second).toMatchObject({ status: 201, body: first.body });
  });
});

describe('a tracking code', () => {
  // biome-ignore format: a story table is read by its columns
  it.each([
    ['Summer Dress Reel - Instagram', 'instagram', 'reel',     'INSTA_SUMMER_DRESS_01'],
    ['Summer 2024 Sale',              'multi',     'campaign', 'SUMMER_2024_SALE_01'],
    ['Soldes d’été: robes légères',   'facebook',  'ad',       'FB_SOLDES_DETE_ROBES_LEGERES_01'],
    ['夏のセール',                     'youtube',   'video',    'YT_VIDEO_01'],
    ['TikTok TikTok video',           'tiktok',    'video',    'TIKTOK_VIDEO_01'],
    ['A name that goes on and on and on and on', 'email', 'email', 'EMAIL_A_NAME_THAT_GOES_ON_AND_ON_AND_01'],
  ])('is made of platform and name: %s, %s %s', async (name, platform, campaign_type, code) => {
    expect((await create({ name, platform, campaign_type })).body.data.tracking_code).toBe(code);
  });

  it('counts on where it is made again, also after 99', async () => {
    const codes = [];
    for (let n = 0; n < 3; n++) codes.push((await create({ name: 'Again' })).body.data.tracking_code);
    expect(codes).toEqual(['FB_AGAIN_01', 'FB_AGAIN_02', 'FB_AGAIN_03']);
    await create({ name: 'Given', tracking_code: 'fb_again_99' });
    expect((await create({ name: 'Again' })).body.data.tracking_code).toBe('FB_AGAIN_100');
  });

  it('is unique when many are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => create({ name: 'Rush' })));
    expect(made.map(({ status }) => status)).toEqual(Array(12).fill(201));
    expect(new Set(made.map(({ body }) => body.data.tracking_code)).size).toBe(12);
  });

  it('given twice at once goes to one of them', async () => {
    const both = await Promise.all([1, 2].map(() => create({ tracking_code: 'MINE' })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('that is taken, in whatever case, is refused with the name of its holder', async () => {
    await create({ name: 'Holder', tracking_code: 'TAKEN' });
    const { status, body } = await create({ tracking_code: 'taken' });
    expect(status).toBe(409);
    expect(body.error.fields).toEqual([
      { path: 'tracking_code', message: expect.stringContaining('"Holder"') },
    ]);
  });
});

describe('a campaign is refused', () => {
  // biome-ignore format: a story table is read by its columns
  it.each<[string, Record<string, unknown>, string, RegExp]>([
    ['without a name',                   { name: undefined },                            'name',               /required/],
    ['with an empty name',               { name: '  ' },                                 'name',               /empty/],
    ['on an unknown platform',           { platform: 'twitter' },                        'platform',           /facebook, instagram,.* other/],
    ['of an unknown type',               { campaign_type: 'banner' },                    'campaign_type',      /placement/],
    ['with a field we do not know',      { budget: 300 },                                'budget',             /not a known field/],
    ['with a start without an offset',   { starts_at: '2026-03-01T00:00:00' },           'starts_at',          /offset/],
    ['that ends before it starts',       { ends_at: '2026-02-01T00:00:00Z' },            'ends_at',            /after the campaign's starts_at/],
    ['with a third decimal of a euro',   { budget_amount: 1.234 },                       'budget_amount',      /at most 2 decimals/],
    ['with a negative budget',           { budget_amount: -1 },                          'budget_amount',      /negative/],
    ['with a negative cost',             { cost: -1 },                                   'cost',               /negative/],
    ['with half a yen',                  { cost: '0.5', currency: 'JPY' },               'cost',               /at most 0 decimals/],
    ['in a currency that is none',       { currency: 'EURO' },                           'currency',           /ISO 4217/],
    ['with a code for nobody to type',   { tracking_code: 'ÄÖ Ü' },                      'tracking_code',      /Latin letters/],
    ['with an address that is none',     { landing_url: 'javascript:alert(1)' },         'landing_url',        /web address/],
    ['below a parent that is none',      { parent_campaign_id: '019ca945-0a00-75ba-a94c-b3799b2bbc00' }, 'parent_campaign_id', /create the parent first/],
    ['with half a surrogate pair',       { notes: 'a\ud800' },                           'notes',              /cannot be stored/],
    ['with metadata that is a list',     { metadata: [1] },                              'metadata',           /must be an object/],
  ])('%s', async (_, fields, path, message) => {
    const before = (await api.get('/campaigns?limit=500')).body.data.length;
    const { status, body } = await create(fields);
    expect(status).toBe(422);
    expect(body.error.fields).toEqual([{ path, message: expect.stringMatching(message) }]);
    expect((await api.get('/campaigns?limit=500')).body.data).toHaveLength(before);
  });
});
