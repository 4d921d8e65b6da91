import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { jobsIn } from '../../../test/jobs-in.ts';
import { day, told } from '../../../test/story-days.ts';
import { routes as products } from '../../products/index.ts';
import { routes } from '../index.ts';

const api = await startApi({ routes: [...products, ...routes] });

const ids: Record<string, string> = {};
for (const external_id of ['dress', 'shoes', 'hat']) {
  const { body } = await api.post('/products', {
    external_id,
    sku: `SKU-${external_id}`,
    name: `The ${external_id}`,
  });
  ids[external_id] = body.data.id;
}

async function create(fields: Record<string, unknown> = {}) {
  const campaign = { name: 'Spring', platform: 'facebook', starts_at: day(5), ...fields };
  return (await api.post('/campaigns', campaign)).body.data.id as string;
}

type Row = { product_id: string; effective_from: string; effective_to: string | null; active: boolean };

async function targetsOf(id: string, query = '') {
  const { body } = await api.get(`/campaigns/${id}/products${query}`);
  return body.data as Row[];
}

const span = ({ effective_from, effective_to }: Row) => told([{ from: effective_from, to: effective_to }]);

describe('adding products', () => {
  it('to a draft has them targeted from its start', async () => {
    api.clock.set(day(10));
    const id = await create();
    const { status, body } = await api.post(`/campaigns/${id}/products`, {
      external_ids: ['dress', 'shoes'],
    });
    expect(status).toBe(201);
    expect(body.data.skipped).toEqual([]);
    expect(body.data.added[0]).toEqual({
      id: expect.any(String),
      campaign_id: id,
      product_id: ids.dress,
      external_id: 'dress',
      sku: 'SKU-dress',
      name: 'The dress',
      effective_from: day(5).toISOString(),
      effective_to: null,
      active: true,
    });
    expect((await targetsOf(id)).map(span)).toEqual(['5-', '5-']);
  });

  // biome-ignore format: a story table is read by its columns
  it.each<[string, Record<string, unknown>, Record<string, unknown>, number, string]>([
    // story                                campaign                  request                                         now  target
    ['to a running one counts from now',   { activate: true },       {},                                             10,  '10-'],
    ['to a scheduled one, from its start', { starts_at: day(15), activate: true }, {},                               10,  '15-'],
    ['ahead, as planned',                  { activate: true },       { effective_from: day(20) },                    10,  '20-'],
    ['for a while',                        { activate: true },       { effective_from: day(12), effective_to: day(14) }, 10, '12-14'],
    ['in the past, with a reason',         { activate: true },       { effective_from: day(6), reason: 'forgotten' }, 10, '6-'],
    ['to a draft in the past, freely',     {},                       { effective_from: day(6) },                     10,  '6-'],
  ])('%s', async (_, campaign, request, now, target) => {
    api.clock.set(day(now));
    const id = await create(campaign);
    const { status } = await api.post(`/campaigns/${id}/products`, { product_ids: [ids.hat], ...request });
    expect(status).toBe(201);
    expect((await targetsOf(id)).map(span)).toEqual([target]);
  });

  it('skips those it targets already, and says which target that is', async () => {
    const id = await create();
    const first = await api.post(`/campaigns/${id}/products`, { external_ids: ['dress'] });
    const again = await api.post(`/campaigns/${id}/products`, { product_ids: [ids.dress, ids.hat, ids.hat] });
    expect(again.status).toBe(201);
    expect(again.body.data.added).toMatchObject([{ product_id: ids.hat }]);
    expect(again.body.data.skipped).toEqual([
      {
        product_id: ids.dress,
        external_id: 'dress',
        target_id: first.body.data.added[0].id,
        reason: expect.stringContaining('targeted already'),
      },
    ]);
    const third = await api.post(`/campaigns/${id}/products`, { product_ids: [ids.dress] });
    expect(third).toMatchObject({ status: 200, body: { data: { added: [], skipped: [{}] } } });
  });

  it('at once from two sides adds each product once', async () => {
    const id = await create();
    const body = { external_ids: ['dress', 'shoes', 'hat'] };
    const all = await Promise.all([1, 2, 3, 4].map(() => api.post(`/campaigns/${id}/products`, body)));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(await targetsOf(id)).toHaveLength(3);
  });

  it('again after removal opens the next period', async () => {
    api.clock.set(day(10));
    const id = await create({ activate: true });
    const { body } = await api.post(`/campaigns/${id}/products`, { external_ids: ['dress'] });
    api.clock.set(day(12));
    await api.delete(`/campaigns/${id}/products/${body.data.added[0].id}`);
    api.clock.set(day(14));
    expect((await api.post(`/campaigns/${id}/products`, { external_ids: ['dress'] })).status).toBe(201);
    expect((await targetsOf(id)).map(span)).toEqual(['10-12', '14-']);
    expect((await targetsOf(id, '?active=true')).map(span)).toEqual(['14-']);
    expect((await targetsOf(id, '?active=false')).map(span)).toEqual(['10-12']);
  });

  it('is settled from where it reaches, for these products alone, and audited', async () => {
    api.clock.set(day(10));
    const id = await create({ activate: true });
    await api.post(`/campaigns/${id}/products`, { external_ids: ['shoes'] });
    const jobs = await jobsIn(api.db, () =>
      api.post(`/campaigns/${id}/products`, {
        external_ids: ['dress'],
        effective_from: day(6),
        reason: 'forgotten',
      }),
    );
    expect(jobs).toMatchObject([
      { task: 'settle-reached', payload: { from: day(6).toISOString(), to: null, product_ids: [ids.dress] } },
    ]);
    const [latest] = (await api.get(`/campaigns/${id}/history`)).body.data;
    expect(latest).toMatchObject({
      action: 'campaign.add_targets',
      reason: 'forgotten',
      after: { targets: [{ product_id: ids.dress, effective_from: day(6).toISOString() }] },
      summary: `had it target 1 product from ${day(6).toISOString()} on`,
    });
  });

  it('can be asked first, without a reason', async () => {
    api.clock.set(day(10));
    const id = await create({ activate: true });
    const request = { external_ids: ['dress'], effective_from: day(6) };
    const { status, body } = await api.post(`/campaigns/${id}/products?dry_run=true`, request);
    expect(status).toBe(200);
    expect(body.data).toEqual({ dry_run: true, would: { orders: 0, moved: [] } });
    expect(await targetsOf(id)).toEqual([]);
  });
});

describe('adding products is refused', () => {
  it('for one that is unknown, at its place, and nothing is added', async () => {
    const id = await create();
    const unknown = '019ca945-0a00-75ba-a94c-b3799b2bbc00';
    const request = { product_ids: [unknown], external_ids: ['dress', 'sock'] };
    const { status, body } = await api.post(`/campaigns/${id}/products`, request);
    expect(status).toBe(422);
    expect(body.error.fields).toEqual([
      { path: 'product_ids.0', message: expect.stringContaining('record it first') },
      { path: 'external_ids.1', message: expect.stringContaining('sock') },
    ]);
    expect(await targetsOf(id)).toEqual([]);
  });

  // biome-ignore format: a story table is read by its columns
  it.each<[string, Record<string, unknown>, number, string, RegExp]>([
    ['without products',                   {},                                                                  422, 'product_ids',    /required/],
    ['with an empty list of them',         { external_ids: [] },                                                422, 'external_ids',   /at least one/],
    ['from before the campaign starts',    { external_ids: ['hat'], effective_from: day(4), reason: 'x' },      422, 'effective_from', /starts_at, 2026-03-05/],
    ['until before it begins',             { external_ids: ['hat'], effective_from: day(12), effective_to: day(12) }, 422, 'effective_to', /after 2026-03-12/],
    ['in the past without a reason',       { external_ids: ['hat'], effective_from: day(6) },                   422, 'reason',         /dry_run/],
    ['without an offset',                  { external_ids: ['hat'], effective_from: '2026-03-12T00:00:00' },    422, 'effective_from', /offset/],
    ['over a period that is closed',       { external_ids: ['dress'], effective_from: day(8), reason: 'x' },    409, 'external_ids.0', /2026-03-06.* to 2026-03-09/],
  ])('%s', async (_, request, code, path, message) => {
    api.clock.set(day(10));
    const id = await create({ activate: true });
    const closed = { external_ids: ['dress'], effective_from: day(6), effective_to: day(9), reason: 'a short one' };
    expect((await api.post(`/campaigns/${id}/products`, closed)).status).toBe(201);
    const { status, body } = await api.post(`/campaigns/${id}/products`, request);
    expect(status).toBe(code);
    expect(body.error.fields).toEqual([{ path, message: expect.stringMatching(message) }]);
    expect(await targetsOf(id)).toHaveLength(1);
  });

  it('once the campaign has ended, by hand or by its ends_at', async () => {
    api.clock.set(day(10));
    const byHand = await create({ activate: true });
    await api.patch(`/campaigns/${byHand}/status`, { status: 'ended' });
    const byDate = await create({ activate: true, ends_at: day(8) });
    for (const id of [byHand, byDate]) {
      const { status, body } = await api.post(`/campaigns/${id}/products`, { external_ids: ['dress'] });
      expect(status).toBe(409);
      expect(body.error.message).toContain('has ended');
    }
  });
});

describe('removing a target', () => {
  async function targeting(fields: Record<string, unknown> = { activate: true }) {
    const id = await create(fields);
    const { body } = await api.post(`/campaigns/${id}/products`, { external_ids: ['dress'] });
    return { id, path: `/campaigns/${id}/products/${body.data.added[0].id}` };
  }

  it('closes its period now, once', async () => {
    api.clock.set(day(10));
    const { id, path } = await targeting();
    api.clock.set(day(12));
    const jobs = await jobsIn(api.db, async () => {
      const { status, body } = await api.delete(path);
      expect(status).toBe(200);
      expect(body.data).toMatchObject({ external_id: 'dress', active: false, outcome: 'closed' });
    });
    expect(jobs).toMatchObject([
      { task: 'settle-reached', payload: { from: day(12).toISOString(), to: null } },
    ]);
    api.clock.set(day(13));
    expect(await api.delete(path)).toMatchObject({ status: 200, body: { data: { outcome: 'unchanged' } } });
    expect((await targetsOf(id)).map(span)).toEqual(['10-12']);
    const actions = (await api.get(`/campaigns/${id}/history`)).body.data.map(
      ({ action }: { action: string }) => action,
    );
    expect(actions.filter((action: string) => action === 'campaign.remove_target')).toHaveLength(1);
  });

  it('as of a past day needs a reason', async () => {
    api.clock.set(day(10));
    const { id, path } = await targeting();
    api.clock.set(day(14));
    const at = encodeURIComponent(day(12).toISOString());
    const refused = await api.delete(`${path}?effective_at=${at}`);
    expect(refused).toMatchObject({ status: 422, body: { error: { fields: [{ path: 'reason' }] } } });
    const asked = await api.delete(`${path}?effective_at=${at}&reason=sold+out&dry_run=true`);
    expect(asked.body.data).toEqual({ dry_run: true, would: { orders: 0, moved: [] } });
    expect((await targetsOf(id)).map(span)).toEqual(['10-']);
    expect((await api.delete(`${path}?effective_at=${at}&reason=sold+out`)).status).toBe(200);
    expect((await targetsOf(id)).map(span)).toEqual(['10-12']);
    const [latest] = (await api.get(`/campaigns/${id}/history`)).body.data;
    expect(latest).toMatchObject({ action: 'campaign.remove_target', reason: 'sold out' });
  });

  it('is never in the future', async () => {
    api.clock.set(day(10));
    const { path } = await targeting();
    const reply = await api.delete(`${path}?effective_at=${encodeURIComponent(day(11).toISOString())}`);
    expect(reply).toMatchObject({ status: 422, body: { error: { fields: [{ path: 'effective_at' }] } } });
  });

  it.each([
    ['that has not begun', { activate: true, starts_at: day(20) }],
    ['of a draft, which never counted', {}],
  ])('%s takes it back altogether', async (_, fields) => {
    api.clock.set(day(10));
    const { id, path } = await targeting(fields);
    expect((await api.delete(path)).body.data).toMatchObject({ outcome: 'withdrawn', active: false });
    expect(await targetsOf(id)).toEqual([]);
    expect((await api.get(`/campaigns/${id}/history`)).body.data[0].before.target.product_id).toBe(ids.dress);
    expect((await api.delete(path)).status).toBe(404);
  });

  it('of another campaign is refused', async () => {
    const { path } = await targeting();
    const { id } = await targeting();
    expect((await api.delete(`/campaigns/${id}/products/${path.split('/').at(-1)}`)).status).toBe(404);
  });
});

it('a long list of targets is read page by page', async () => {
  const id = await create();
  await api.post(`/campaigns/${id}/products`, { external_ids: ['dress', 'shoes', 'hat'] });
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await api.get(`/campaigns/${id}/products?limit=1${cursor}`);
    seen.push(...body.data.map(({ external_id }: { external_id: string }) => external_id));
    cursor = body.meta.next_cursor === null ? '' : `&cursor=${body.meta.next_cursor}`;
  } while (cursor !== '');
  expect(seen).toEqual(['dress', 'shoes', 'hat']);
});
