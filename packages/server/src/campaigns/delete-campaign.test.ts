import { describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { day } from '../../test/story-days.ts';
import { readAudit } from '../people/index.ts';

const api = await startApi({ now: day(10).toISOString() });
await api.post('/products', { external_id: 'dress', cost: 4 });

async function create(fields: Record<string, unknown> = {}) {
  const campaign = { name: 'Spring', platform: 'facebook', starts_at: day(5), ...fields };
  const { body } = await api.post('/campaigns', campaign);
  await api.post(`/campaigns/${body.data.id}/products`, { external_ids: ['dress'] });
  return body.data.id as string;
}

describe('a draft without facts', () => {
  it('is deleted with its targets, and the audit log keeps what it was', async () => {
    const id = await create({ name: 'Mistake' });
    expect(await api.delete(`/campaigns/${id}`)).toMatchObject({
      status: 200,
      body: { data: { id, deleted: true } },
    });
    expect((await api.get(`/campaigns/${id}`)).status).toBe(404);
    expect((await api.delete(`/campaigns/${id}`)).status).toBe(404);
    const { entries } = await readAudit(api.db, { subject_kind: 'campaign', subject_id: id, limit: 1 });
    expect(entries).toMatchObject([
      {
        action: 'campaign.delete',
        before: { name: 'Mistake', targets: [{ effective_from: day(5).toISOString() }] },
      },
    ]);
  });
});

describe('a record of money is never deleted with its campaign', () => {
  it.each([
    ['spend', async (id: string) => api.post(`/campaigns/${id}/spend`, { day: '2026-03-05', amount: 1 })],
    [
      'a child',
      async (id: string) => api.post('/campaigns', { name: 'Child', platform: 'x', parent_campaign_id: id }),
    ],
  ])('%s keeps even a draft', async (_, record) => {
    const id = await create();
    expect((await record(id)).status).toBe(201);
    const { status, body } = await api.delete(`/campaigns/${id}`);
    expect(status).toBe(409);
    expect(body.error).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Archive it instead'),
    });
    expect((await api.get(`/campaigns/${id}/products`)).body.data).toHaveLength(1);
  });

  it('nor one that has ever run, with or without credit', async () => {
    const id = await create();
    await api.put(`/campaigns/${id}/activate`);
    for (const [status, remedy] of [
      ['running', 'End or archive it instead'],
      ['paused', 'End or archive it instead'],
      ['ended', 'Archive it instead'],
    ]) {
      await api.patch(`/campaigns/${id}/status`, { status });
      const refused = await api.delete(`/campaigns/${id}`);
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toContain(remedy);
    }
  });

  it('also when the fact arrives at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await create();
      const [deleted, child] = await Promise.all([
        api.delete(`/campaigns/${id}`),
        api.post('/campaigns', { name: 'Child', platform: 'x', parent_campaign_id: id }),
      ]);
      expect([
        [200, 422],
        [409, 201],
      ]).toContainEqual([deleted.status, child.status]);
    }
  });
});
