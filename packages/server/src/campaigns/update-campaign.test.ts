import { describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { jobsIn } from '../../test/jobs-in.ts';
import { routes } from './index.ts';

const api = await startApi({ routes, now: '2026-03-10T00:00:00Z' });

async function create(fields: Record<string, unknown> = {}) {
  const { body } = await api.post('/campaigns', { name: 'Spring', platform: 'facebook', ...fields });
  return body.data;
}

describe('an edit', () => {
  it.each(['put', 'patch'] as const)('by %s changes what is given and nothing else', async (method) => {
    const before = await create({ description: 'Old', notes: 'Kept', budget_amount: 100 });
    const { status, body } = await api[method](`/campaigns/${before.id}`, {
      name: 'Summer',
      description: null,
      metadata: { a: 1 },
    });
    expect(status).toBe(200);
    expect(body.data).toEqual({ ...before, name: 'Summer', description: null, metadata: { a: 1 } });
  });

  it('is audited with what really changed, from what, to what', async () => {
    const { id } = await create({ objective: 'sales', metadata: { b: 1, a: 2 } });
    await api.patch(`/campaigns/${id}`, {
      name: 'Summer',
      objective: 'sales',
      metadata: { a: 2, b: 1 },
      reason: 'rebranding',
    });
    const [latest, created] = (await api.get(`/campaigns/${id}/history`)).body.data;
    expect(latest).toMatchObject({
      actor: 'key:admin',
      action: 'campaign.update',
      before: { name: 'Spring' },
      after: { name: 'Summer' },
      reason: 'rebranding',
      summary: 'changed name from "Spring" to "Summer"',
    });
    expect(Object.keys(latest.after)).toEqual(['name']);
    expect(created.action).toBe('campaign.create');
  });

  it('that says what is so already leaves no trace', async () => {
    const before = await create();
    api.clock.advance(1000);
    const { body } = await api.put(`/campaigns/${before.id}`, {
      name: before.name,
      starts_at: before.starts_at,
    });
    expect(body.data).toEqual(before);
    expect((await api.get(`/campaigns/${before.id}/history`)).body.data).toHaveLength(1);
  });

  it('of an unknown campaign is answered so', async () => {
    const reply = await api.patch('/campaigns/019ca945-0a00-75ba-a94c-b3799b2bbc00', { name: 'X' });
    expect(reply.status).toBe(404);
    expect((await api.patch('/campaigns/no-id', { name: 'X' })).status).toBe(404);
  });
});

describe('the currency', () => {
  it('carries the budget along while there is no spend', async () => {
    const { id } = await create({ budget_amount: 100 });
    const { body } = await api.patch(`/campaigns/${id}`, { currency: 'JPY' });
    expect(body.data).toMatchObject({ currency: 'JPY', budget_amount: 100 });
  });

  it('asks for the budget anew when the other currency is too coarse for it', async () => {
    const { id } = await create({ budget_amount: 99.5 });
    const refused = await api.patch(`/campaigns/${id}`, { currency: 'JPY' });
    expect(refused).toMatchObject({ status: 422, body: { error: { fields: [{ path: 'budget_amount' }] } } });
    expect((await api.patch(`/campaigns/${id}`, { currency: 'JPY', budget_amount: 16000 })).status).toBe(200);
  });

  it('is fixed once there is spend', async () => {
    const { id } = await create({ cost: 5 });
    const { status, body } = await api.patch(`/campaigns/${id}`, { currency: 'USD' });
    expect(status).toBe(409);
    expect(body.error.fields).toEqual([
      { path: 'currency', message: expect.stringContaining('once there is spend') },
    ]);
  });
});

describe('a tracking code', () => {
  it('can be changed, in case alone too, but not to one that is taken', async () => {
    await create({ tracking_code: 'HELD' });
    const { id } = await create({ tracking_code: 'FREE' });
    expect((await api.patch(`/campaigns/${id}`, { tracking_code: 'free' })).body.data.tracking_code).toBe(
      'free',
    );
    const refused = await api.patch(`/campaigns/${id}`, { tracking_code: 'held' });
    expect(refused).toMatchObject({ status: 409, body: { error: { fields: [{ path: 'tracking_code' }] } } });
  });
});

describe('the tree', () => {
  it('refuses a campaign as its own parent', async () => {
    const { id } = await create();
    const { status, body } = await api.patch(`/campaigns/${id}`, { parent_campaign_id: id });
    expect(status).toBe(422);
    expect(body.error.fields).toEqual([
      { path: 'parent_campaign_id', message: expect.stringContaining('itself') },
    ]);
  });

  it('refuses a cycle of any length', async () => {
    const top = await create();
    const middle = await create({ parent_campaign_id: top.id });
    const bottom = await create({ parent_campaign_id: middle.id });
    const { status, body } = await api.patch(`/campaigns/${top.id}`, { parent_campaign_id: bottom.id });
    expect(status).toBe(422);
    expect(body.error.fields).toEqual([
      { path: 'parent_campaign_id', message: expect.stringContaining('cycle') },
    ]);
    expect((await api.get(`/campaigns/${top.id}`)).body.data.parent_campaign_id).toBeNull();
  });

  it('refuses an unknown parent', async () => {
    const { id } = await create();
    const parent_campaign_id = '019ca945-0a00-75ba-a94c-b3799b2bbc00';
    const { status, body } = await api.patch(`/campaigns/${id}`, { parent_campaign_id });
    expect(status).toBe(422);
    expect(body.error.fields[0].path).toBe('parent_campaign_id');
  });

  it('never becomes a cycle when two campaigns become each other’s child at once', async () => {
    for (let round = 0; round < 10; round++) {
      const [a, b] = [await create(), await create()];
      const both = await Promise.all([
        api.patch(`/campaigns/${a.id}`, { parent_campaign_id: b.id }),
        api.patch(`/campaigns/${b.id}`, { parent_campaign_id: a.id }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    }
  });

  it('has the sums of the old and the new ancestors rebuilt after a move', async () => {
    const [oldTop, newTop] = [await create(), await create()];
    const oldParent = await create({ parent_campaign_id: oldTop.id });
    const newParent = await create({ parent_campaign_id: newTop.id });
    const moved = await create({ parent_campaign_id: oldParent.id });
    const jobs = await jobsIn(api.db, async () => {
      const reply = await api.patch(`/campaigns/${moved.id}`, { parent_campaign_id: newParent.id });
      expect(reply.status).toBe(200);
    });
    expect(jobs).toEqual([
      { task: 'rebuild-tree', payload: { campaign_ids: expect.anything(), platforms: [] } },
    ]);
    const ids = [oldTop, oldParent, newTop, newParent].map(({ id }) => id).sort();
    expect(jobs[0]?.payload.campaign_ids.sort()).toEqual(ids);
  });

  it('has the sums of both platforms rebuilt when a campaign changes its platform', async () => {
    const { id } = await create();
    const jobs = await jobsIn(api.db, () => api.patch(`/campaigns/${id}`, { platform: 'instagram' }));
    expect(jobs).toEqual([
      { task: 'rebuild-tree', payload: { campaign_ids: [], platforms: ['facebook', 'instagram'] } },
    ]);
  });
});
