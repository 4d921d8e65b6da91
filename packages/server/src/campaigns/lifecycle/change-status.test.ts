import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { jobsIn } from '../../../test/jobs-in.ts';
import { day, told } from '../../../test/story-days.ts';
import { routes as products } from '../../products/index.ts';
import { routes } from '../index.ts';

const asked: unknown[] = [];
const api = await startApi({
  routes: [...products, ...routes],
  previewReach: () => async (hypothesis, span) => {
    asked.push({ hypothesis, span });
    const campaigns = [{ campaign_id: hypothesis.campaign_id, before_minor: 1050n, after_minor: 0n }];
    return {
      orders: 2,
      moved: [{ model: 'product_full', currency: 'EUR', revenue_minor: 1050n, campaigns }],
    };
  },
});
await api.post('/products', { external_id: 'dress' });

async function create(fields: Record<string, unknown> = {}) {
  const { body } = await api.post('/campaigns', {
    name: 'Spring',
    platform: 'facebook',
    starts_at: day(5),
    ...fields,
  });
  await api.post(`/campaigns/${body.data.id}/products`, { external_ids: ['dress'] });
  return body.data.id as string;
}

async function statusOf(id: string) {
  const { status, running_periods } = (await api.get(`/campaigns/${id}`)).body.data;
  return { status, ran: told(running_periods) };
}

describe('the life of a campaign', () => {
  it('is a row of running periods: started late, paused, resumed, ended', async () => {
    api.clock.set(day(10));
    const id = await create();
    await api.put(`/campaigns/${id}/activate`);
    expect(await statusOf(id)).toEqual({ status: 'running', ran: '5-' });
    api.clock.set(day(12));
    await api.put(`/campaigns/${id}/deactivate`);
    expect(await statusOf(id)).toEqual({ status: 'paused', ran: '5-12' });
    api.clock.set(day(14));
    await api.patch(`/campaigns/${id}/status`, { status: 'running' });
    expect(await statusOf(id)).toEqual({ status: 'running', ran: '5-12 14-' });
    api.clock.set(day(16));
    const { body } = await api.patch(`/campaigns/${id}/status`, { status: 'ended', reason: 'sold out' });
    expect(body.data).toMatchObject({ status: 'ended', ended_at: day(16).toISOString() });
    expect(await statusOf(id)).toEqual({ status: 'ended', ran: '5-12 14-16' });
  });

  it('ends by its ends_at when nobody looks, and stays ended', async () => {
    api.clock.set(day(10));
    const id = await create({ ends_at: day(15), activate: true });
    expect((await statusOf(id)).status).toBe('running');
    api.clock.set(day(15));
    expect(await statusOf(id)).toEqual({ status: 'ended', ran: '5-15' });
    expect((await api.get(`/campaigns/${id}`)).body.data.ended_at).toBe(day(15).toISOString());
    const listed = async (status: string) =>
      (await api.get(`/campaigns?status=${status}&limit=500`)).body.data.map(
        (campaign: { id: string }) => campaign.id,
      );
    expect(await listed('ended')).toContain(id);
    expect(await listed('running,paused')).not.toContain(id);
    const refused = await api.put(`/campaigns/${id}/activate`);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('move ends_at');
  });

  it('asked for twice is lived once', async () => {
    api.clock.set(day(10));
    const id = await create();
    await api.put(`/campaigns/${id}/activate`);
    api.clock.set(day(11));
    const jobs = await jobsIn(api.db, async () => {
      expect((await api.put(`/campaigns/${id}/activate`)).status).toBe(200);
    });
    expect(jobs).toEqual([]);
    expect(await statusOf(id)).toEqual({ status: 'running', ran: '5-' });
    expect((await api.get(`/campaigns/${id}/history`)).body.data).toHaveLength(3);
  });

  it('goes no other way, and says which ways there are', async () => {
    const id = await create();
    const { status, body } = await api.put(`/campaigns/${id}/deactivate`);
    expect(status).toBe(409);
    expect(body.error).toMatchObject({
      code: 'conflict',
      message: 'A campaign that is draft cannot become paused. From draft it can become running.',
      fields: [{ path: 'status' }],
    });
    const unknown = await api.patch(`/campaigns/${id}/status`, { status: 'active' });
    expect(unknown).toMatchObject({ status: 422, body: { error: { fields: [{ path: 'status' }] } } });
  });

  it('has one first period however many activate it at once', async () => {
    api.clock.set(day(10));
    const id = await create();
    const all = await Promise.all(Array.from({ length: 8 }, () => api.put(`/campaigns/${id}/activate`)));
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await statusOf(id)).toEqual({ status: 'running', ran: '5-' });
  });

  it('survives any crowd of changes at once without a fault of ours', async () => {
    api.clock.set(day(10));
    const id = await create({ activate: true });
    const acts = [
      () => api.put(`/campaigns/${id}/deactivate`),
      () => api.put(`/campaigns/${id}/activate`),
      () => api.put(`/campaigns/${id}/deactivate`, { effective_at: day(8), reason: 'crowd' }),
      () => api.patch(`/campaigns/${id}`, { starts_at: day(6), reason: 'crowd' }),
      () => api.patch(`/campaigns/${id}`, { ends_at: day(20) }),
      () => api.post(`/campaigns/${id}/products`, { external_ids: ['dress'] }),
    ];
    const replies = await Promise.all([...acts, ...acts, ...acts].map((act) => act()));
    for (const { status } of replies) expect([200, 201, 409, 422]).toContain(status);
    const { status, ran } = await statusOf(id);
    expect(ran.endsWith('-20') || status === 'paused').toBe(true);
  });
});

describe('a change of the past', () => {
  it('needs a reason, is audited, and has the sales it reaches settled', async () => {
    api.clock.set(day(10));
    const id = await create({ activate: true });
    const refused = await api.put(`/campaigns/${id}/deactivate`, { effective_at: day(8) });
    expect(refused).toMatchObject({ status: 422, body: { error: { fields: [{ path: 'reason' }] } } });

    const jobs = await jobsIn(api.db, async () => {
      const made = await api.put(`/campaigns/${id}/deactivate`, {
        effective_at: day(8),
        reason: 'ads were off',
      });
      expect(made.status).toBe(200);
    });
    expect(await statusOf(id)).toEqual({ status: 'paused', ran: '5-8' });
    const dress = (await api.get('/products?search=dress')).body.data[0].id;
    expect(jobs).toEqual([
      {
        task: 'settle-reached',
        payload: { from: day(8).toISOString(), to: null, product_ids: [dress], cause: expect.any(String) },
      },
    ]);
    expect((await api.get(`/campaigns/${id}/history`)).body.data[0]).toMatchObject({
      action: 'campaign.status',
      before: { status: 'running', running_periods: [{ from: day(5).toISOString(), to: null }] },
      after: {
        status: 'paused',
        running_periods: [{ to: day(8).toISOString() }],
        effective_at: day(8).toISOString(),
      },
      reason: 'ads were off',
    });
  });

  it('happens by itself when a campaign is entered late: its span is settled', async () => {
    api.clock.set(day(20));
    const id = await create({ ends_at: day(15) });
    const jobs = await jobsIn(api.db, () => api.put(`/campaigns/${id}/activate`));
    expect(jobs).toMatchObject([
      { task: 'settle-reached', payload: { from: day(5).toISOString(), to: day(15).toISOString() } },
    ]);
  });

  it('is never in the future', async () => {
    api.clock.set(day(10));
    const id = await create({ activate: true });
    const { status, body } = await api.put(`/campaigns/${id}/deactivate`, {
      effective_at: day(11),
      reason: 'x',
    });
    expect(status).toBe(422);
    expect(body.error.fields).toEqual([{ path: 'effective_at', message: expect.stringContaining('future') }]);
  });

  it.each(['/campaigns/:id/deactivate', '/campaigns/:id/deactivate?dry_run=true'])(
    'can be asked first: %s answers what would move and writes nothing',
    async (path) => {
      api.clock.set(day(10));
      const id = await create({ activate: true });
      const before = await api.get(`/campaigns/${id}`);
      asked.length = 0;
      let answer: unknown;
      const jobs = await jobsIn(api.db, async () => {
        const dryRun = path.includes('?') ? {} : { dry_run: true };
        const body = { effective_at: day(8), reason: 'ads were off', ...dryRun };
        answer = (await api.put(path.replace(':id', id), body)).body.data;
      });
      expect(answer).toEqual({
        dry_run: true,
        would: {
          orders: 2,
          moved: [
            {
              model: 'product_full',
              currency: 'EUR',
              revenue: 10.5,
              campaigns: [{ campaign_id: id, before: 10.5, after: 0 }],
            },
          ],
        },
      });
      expect(asked).toMatchObject([
        {
          hypothesis: { campaign_id: id, running_periods: [{ from: day(5), to: day(8) }], targets: [{}] },
          span: { from: day(8), to: null },
        },
      ]);
      expect(jobs).toEqual([]);
      expect(await api.get(`/campaigns/${id}`)).toMatchObject({ body: before.body });
      expect((await api.get(`/campaigns/${id}/history`)).body.data[0].action).not.toBe('campaign.status');
    },
  );
});

describe('moved dates', () => {
  it('take the first period and the targets along, and settle the span between', async () => {
    api.clock.set(day(10));
    const id = await create({ activate: true });
    const refused = await api.patch(`/campaigns/${id}`, { starts_at: day(3) });
    expect(refused).toMatchObject({ status: 422, body: { error: { fields: [{ path: 'reason' }] } } });
    const jobs = await jobsIn(api.db, () =>
      api.patch(`/campaigns/${id}`, { starts_at: day(3), reason: 'it went live earlier' }),
    );
    expect(await statusOf(id)).toEqual({ status: 'running', ran: '3-' });
    expect(jobs).toMatchObject([
      { task: 'settle-reached', payload: { from: day(3).toISOString(), to: day(5).toISOString() } },
    ]);
  });

  it('follow into the targets of a draft, without settling anything', async () => {
    api.clock.set(day(10));
    const id = await create();
    const jobs = await jobsIn(api.db, () => api.patch(`/campaigns/${id}`, { starts_at: day(2) }));
    expect(jobs).toEqual([]);
    const [target] = (await api.get(`/campaigns/${id}/products`)).body.data;
    expect(target.effective_from).toBe(day(2).toISOString());
  });

  it('can be asked first', async () => {
    api.clock.set(day(10));
    const id = await create({ activate: true });
    asked.length = 0;
    const { body } = await api.put(`/campaigns/${id}?dry_run=true`, { ends_at: day(8), reason: 'typo' });
    expect(body.data).toMatchObject({ dry_run: true, would: { orders: 2 } });
    expect(asked).toMatchObject([{ span: { from: day(8), to: null } }]);
    expect(await statusOf(id)).toEqual({ status: 'running', ran: '5-' });
    asked.length = 0;
    const renamed = await api.put(`/campaigns/${id}`, { name: 'New', dry_run: true });
    expect(renamed.body.data).toEqual({ dry_run: true, would: { orders: 0, moved: [] } });
    expect(asked).toEqual([]);
  });

  it('bring a campaign back that its ends_at had ended', async () => {
    api.clock.set(day(10));
    const id = await create({ ends_at: day(8), activate: true });
    expect((await statusOf(id)).status).toBe('ended');
    await api.patch(`/campaigns/${id}`, { ends_at: day(20), reason: 'prolonged' });
    expect(await statusOf(id)).toEqual({ status: 'running', ran: '5-20' });
  });
});
