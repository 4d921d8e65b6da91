import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { refusalOf } from '../../../test/refusal-of.ts';
import { inTransaction } from '../../database/index.ts';
import { recordSpend, routes } from '../index.ts';

const api = await startApi({ routes });

async function create(fields: Record<string, unknown> = {}) {
  return (await api.post('/campaigns', { name: 'Spring', platform: 'facebook', ...fields })).body.data
    .id as string;
}

async function totalsOf(id: string, query = '') {
  return (await api.get(`/campaigns/${id}/spend${query}`)).body.meta.totals;
}

describe('spend by hand', () => {
  it('adds up', async () => {
    const id = await create();
    const first = await api.post(`/campaigns/${id}/spend`, {
      day: '2026-03-01',
      amount: 10.5,
      note: 'Boost',
    });
    expect(first).toMatchObject({
      status: 201,
      body: {
        data: {
          campaign_id: id,
          day: '2026-03-01',
          amount: 10.5,
          currency: 'EUR',
          source: 'manual',
          kind: 'entry',
          note: 'Boost',
        },
        meta: { outcome: 'recorded' },
      },
    });
    await api.post(`/campaigns/${id}/spend`, { day: '2026-03-01', amount: '10.50' });
    expect(await totalsOf(id)).toEqual([{ currency: 'EUR', amount: 21, entries: 2 }]);
    expect((await api.get(`/campaigns/${id}`)).body.data.spend_to_date).toBe(21);
  });

  it('can be put right by a correction, never by a change', async () => {
    const id = await create();
    await api.post(`/campaigns/${id}/spend`, { day: '2026-03-01', amount: 500 });
    const { body } = await api.post(`/campaigns/${id}/spend`, {
      day: '2026-03-01',
      amount: 50,
      replace: true,
    });
    expect(body).toMatchObject({
      data: { kind: 'correction', amount: -450 },
      meta: { outcome: 'corrected' },
    });
    expect(await totalsOf(id)).toEqual([{ currency: 'EUR', amount: 50, entries: 2 }]);
  });

  it('in another currency stands beside, never in the sum', async () => {
    const id = await create();
    await api.post(`/campaigns/${id}/spend`, { day: '2026-03-01', amount: 10 });
    await api.post(`/campaigns/${id}/spend`, { day: '2026-02-27', amount: 700, currency: 'JPY' });
    expect(await totalsOf(id)).toEqual([
      { currency: 'EUR', amount: 10, entries: 1 },
      { currency: 'JPY', amount: 700, entries: 1 },
    ]);
    expect((await api.get(`/campaigns/${id}`)).body.data).toMatchObject({
      spend_to_date: 10,
      spend_in_other_currencies: [{ currency: 'JPY', amount: 700 }],
    });
  });
});

describe('spend told by a source', () => {
  const told = { day: '2026-03-01', amount: 100, source: 'meta' };

  it('is told once however often it is sent', async () => {
    const id = await create();
    const first = await api.post(`/campaigns/${id}/spend`, told);
    const again = await api.post(`/campaigns/${id}/spend`, told);
    expect(again).toMatchObject({
      status: 200,
      body: { data: first.body.data, meta: { outcome: 'unchanged' } },
    });
    expect(await totalsOf(id)).toEqual([{ currency: 'EUR', amount: 100, entries: 1 }]);
  });

  it('is corrected by the difference when the source thinks again', async () => {
    const id = await create();
    await api.post(`/campaigns/${id}/spend`, told);
    const less = await api.post(`/campaigns/${id}/spend`, { ...told, amount: 80 });
    expect(less.body.data).toMatchObject({ kind: 'correction', amount: -20 });
    await api.post(`/campaigns/${id}/spend`, { ...told, amount: 90 });
    await api.post(`/campaigns/${id}/spend`, { ...told, amount: 0 });
    expect(await totalsOf(id)).toEqual([{ currency: 'EUR', amount: 0, entries: 4 }]);
  });

  it('leaves other days, sources and currencies alone', async () => {
    const id = await create();
    for (const other of [
      {},
      { day: '2026-03-02' },
      { source: 'google' },
      { currency: 'USD' },
      { source: undefined },
    ]) {
      const reply = await api.post(`/campaigns/${id}/spend`, { ...told, ...other });
      expect(reply.body.meta.outcome).toBe('recorded');
    }
    expect(await totalsOf(id)).toEqual([
      { currency: 'EUR', amount: 400, entries: 4 },
      { currency: 'USD', amount: 100, entries: 1 },
    ]);
    expect(await totalsOf(id, '?source=meta&currency=EUR')).toMatchObject([{ amount: 200 }]);
    expect(await totalsOf(id, '?from=2026-03-02&to=2026-03-02')).toMatchObject([{ amount: 100 }]);
  });

  it('at once from two sides is told once', async () => {
    const id = await create();
    const all = await Promise.all([1, 2, 3, 4].map(() => api.post(`/campaigns/${id}/spend`, told)));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(await totalsOf(id)).toEqual([{ currency: 'EUR', amount: 100, entries: 1 }]);
  });
});

describe('spend to date', () => {
  it('ends today: what is dated later is planned, and paces nothing', async () => {
    const [starts_at, ends_at] = ['2026-03-01T00:00:00Z', '2026-03-11T00:00:00Z'];
    const id = await create({ starts_at, ends_at, budget_type: 'lifetime', budget_amount: 100 });
    const items = ['2026-03-01', '2026-03-02', '2026-03-03'].map((day) => ({ day, amount: 15 }));
    await api.post(`/campaigns/${id}/spend`, { items });
    api.clock.set('2026-03-02T12:00:00Z');
    const [listed] = (await api.get('/campaigns')).body.data;
    for (const shown of [listed, (await api.get(`/campaigns/${id}`)).body.data]) {
      expect(shown).toMatchObject({ id, spend_to_date: 30, pacing: { expected_to_date: 15, percent: 200 } });
    }
  });
});

describe('spend of several days', () => {
  it('is recorded in one request, each item with its outcome', async () => {
    const id = await create();
    const items = ['2026-03-01', '2026-03-02', '2026-03-03'].map((day) => ({
      day,
      amount: 5,
      source: 'meta',
    }));
    expect((await api.post(`/campaigns/${id}/spend`, { items })).body.data).toHaveLength(3);
    const again = await api.post(`/campaigns/${id}/spend`, {
      items: [...items.slice(1), { day: '2026-03-04', amount: 1 }],
    });
    expect(again.status).toBe(201);
    expect(again.body.meta.outcomes).toEqual(['unchanged', 'unchanged', 'recorded']);
  });

  it('is listed page by page, latest day first', async () => {
    const id = await create();
    const days = ['2026-03-02', '2026-03-01', '2026-03-03', '2026-03-02'];
    await api.post(`/campaigns/${id}/spend`, { items: days.map((day) => ({ day, amount: 5 })) });
    const first = await api.get(`/campaigns/${id}/spend?limit=3`);
    const rest = await api.get(`/campaigns/${id}/spend?limit=3&cursor=${first.body.meta.next_cursor}`);
    const listed = [...first.body.data, ...rest.body.data].map(({ day }: { day: string }) => day);
    expect(listed).toEqual(['2026-03-03', '2026-03-02', '2026-03-02', '2026-03-01']);
    expect(rest.body.meta).toMatchObject({ next_cursor: null, totals: [{ amount: 20 }] });
  });

  it('is recorded by the thousand in one call, across campaigns, audited by campaign', async () => {
    const campaigns = [await create(), await create()];
    const entries = campaigns.flatMap((campaign_id) =>
      Array.from({ length: 6000 }, (_, n) => ({
        campaign_id,
        day: new Date(Date.UTC(2009, 0, 1 + n)).toISOString().slice(0, 10),
        amount_minor: 1n,
        currency: 'EUR',
        source: 'import',
      })),
    );
    const by = { actor: 'cli', at: api.clock.now() };
    const first = await inTransaction(api.db, (tx) => recordSpend(tx, entries, by));
    const second = await inTransaction(api.db, (tx) => recordSpend(tx, entries, by));
    expect(new Set(first.map(({ outcome }) => outcome))).toEqual(new Set(['recorded']));
    expect(new Set(second.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
    for (const id of campaigns) {
      expect(await totalsOf(id)).toEqual([{ currency: 'EUR', amount: 60, entries: 6000 }]);
      expect((await api.get(`/campaigns/${id}/history`)).body.data[0]).toMatchObject({
        actor: 'cli',
        summary: 'recorded 6000 spend entries',
      });
    }
  });

  it('of a campaign that is none is refused whole', async () => {
    const id = await create();
    const entry = { day: '2026-03-01', amount_minor: 1n, currency: 'EUR', source: 'meta' };
    const unknown = '019ca945-0a00-75ba-a94c-b3799b2bbc00';
    const both = [id, unknown].map((campaign_id) => ({ ...entry, campaign_id }));
    const by = { actor: 'cli', at: api.clock.now() };
    const refusal = await refusalOf(() => inTransaction(api.db, (tx) => recordSpend(tx, both, by)));
    expect(refusal.code).toBe('not_found');
    expect(await totalsOf(id)).toEqual([]);
  });
});

describe('spend is refused', () => {
  // biome-ignore format: a story table is read by its columns
  it.each<[string, Record<string, unknown>, string, RegExp]>([
    ['without a day',               { amount: 5 },                                'day',            /required/],
    ['without an amount',           { day: '2026-03-01' },                        'amount',         /required/],
    ['on a day that is none',       { day: '2026-02-30', amount: 5 },             'day',            /calendar day/],
    ['on an instant',               { day: '2026-03-01T00:00:00Z', amount: 5 },   'day',            /calendar day/],
    ['when negative',               { day: '2026-03-01', amount: -5 },            'amount',         /negative/],
    ['with a third decimal',        { day: '2026-03-01', amount: 5.001 },         'amount',         /2 decimals/],
    ['in no currency',              { day: '2026-03-01', amount: 5, currency: 'XX' }, 'currency',   /ISO 4217/],
    ['by the name of another field',{ day: '2026-03-01', amount: 5, cost: 1 },    'cost',           /not a known field/],
    ['both as one and as several',  { day: '2026-03-01', items: [{ day: '2026-03-01', amount: 5 }] }, 'day', /each of the items/],
    ['at a place in the list',      { items: [{ day: '2026-03-01', amount: 5 }, { day: '2026-03-02', amount: -5 }] }, 'items.1.amount', /negative/],
    ['when one item would replace another', { items: [1, 2].map((amount) => ({ day: '2026-03-01', amount, source: 'meta' })) }, 'items.1.day', /add the two up/],
  ])('%s', async (_, body, path, message) => {
    const id = await create();
    const reply = await api.post(`/campaigns/${id}/spend`, body);
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields).toContainEqual({ path, message: expect.stringMatching(message) });
    expect(await totalsOf(id)).toEqual([]);
  });

  it('of a campaign that is none', async () => {
    const path = '/campaigns/019ca945-0a00-75ba-a94c-b3799b2bbc00/spend';
    expect((await api.post(path, { day: '2026-03-01', amount: 5 })).status).toBe(404);
    expect((await api.get(path)).status).toBe(404);
  });
});
