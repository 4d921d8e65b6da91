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

  it('a visit keeps even a draft, also one that is a bot’s or is being written', async () => {
    const body = {
      session_id: 'late',
      tracking_code: 'DRAFT_01',
      landing_page: '/',
      user_agent: 'Googlebot/2.1',
    };
    const key = { 'x-site-key': api.settings.siteKey! };
    const apart = await create({ tracking_code: body.tracking_code });
    expect((await api.post('/campaigns/track-visit', body, key)).body.data.campaign_id).toBe(apart);
    expect((await api.delete(`/campaigns/${apart}`)).status).toBe(409);

    const id = await create();
    const writer = await api.pool.connect();
    await writer.query('begin');
    await writer.query(
      `insert into clicks (session_id, id, visit_id, clicked_at, received_at, campaign_id, channel, received_via)
       values ('w', $1, $1, $2, $2, $1, 'paid', 'tracker')`,
      [id, day(10)],
    );
    const deleted = api.delete(`/campaigns/${id}`);
    await untilSomebodyWaits();
    await writer.query('commit');
    writer.release();
    expect((await deleted).status).toBe(409);
  });

  it('a visit that comes while its draft is being deleted has no campaign', async () => {
    const id = await create({ tracking_code: 'GONE_01' });
    const deleter = await api.pool.connect();
    await deleter.query('begin');
    await deleter.query('delete from campaign_targets where campaign_id = $1', [id]);
    await deleter.query('delete from campaigns where id = $1', [id]);
    const arrival = { session_id: 'gone', tracking_code: 'GONE_01', landing_page: '/' };
    const key = { 'x-site-key': api.settings.siteKey! };
    const visited = api.post('/campaigns/track-visit', arrival, key);
    const told = api.post('/visits/batch', {
      visits: [{ session_id: 'told', visited_at: day(9).toISOString(), campaign_id: id }],
    });
    await untilSomebodyWaits(2);
    await deleter.query('commit');
    deleter.release();
    expect((await visited).body.data.campaign_id).toBeNull();
    expect((await told).status).toBe(200);
    const kept = await api.db
      .selectFrom('clicks')
      .select('session_id')
      .where('campaign_id', '=', id)
      .execute();
    expect(kept).toEqual([]);
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

/** Until as many wait for a lock of the database. */
async function untilSomebodyWaits(many = 1): Promise<void> {
  const waiting = `select count(*)::int as count from pg_locks
                    where not granted and database = (select oid from pg_database where datname = current_database())`;
  await expect.poll(async () => (await api.pool.query(waiting)).rows[0].count).toBeGreaterThanOrEqual(many);
}
