import { describe, expect, it } from 'vitest';
import { startApi } from '../../../../test/api.ts';
import { must, openShop } from '../../../../test/shop.ts';

const api = await startApi({ now: '2026-06-01T00:00:00Z' });
const shop = openShop(api, 'shop');
const campaign = await shop.campaign('A', { tracking_code: 'A_01' });

const send = async (visits: Record<string, unknown>[]) =>
  must(await api.post('/visits/batch', { visits }), 200);
const clicksOf = (session: string) =>
  api.db.selectFrom('clicks').selectAll().where('session_id', '=', session).orderBy('clicked_at').execute();

describe('a batch of visits', () => {
  it('keeps the good ones and names the faults of the others', async () => {
    const at = '2026-02-01T12:00:00Z';
    const { data, meta } = await send([
      { session_id: 'b1', visited_at: at, tracking_code: 'a_01', country: 'de', external_id: 'v1' },
      { session_id: 'b1', visited_at: '2026-02-01T12:00:00' },
      { session_id: 'b1', visited_at: at, campaign_id: '0192f7a0-0000-7000-8000-000000000000' },
      { session_id: 'b1', visited_at: '2027-02-01T12:00:00Z' },
      { session_id: 'b1', visited_at: at, last_activity_at: '2026-01-01T12:00:00Z' },
      { session_id: 'b2', visited_at: at, campaign_id: campaign, user_agent: 'Googlebot/2.1' },
    ]);
    expect(meta).toMatchObject({ created: 2, rejected: 4 });
    expect(data.map((row: { error?: { fields: { path: string }[] } }) => row.error?.fields[0]?.path)).toEqual(
      [undefined, 'visited_at', 'campaign_id', 'visited_at', 'last_activity_at', undefined],
    );
    expect(await clicksOf('b1')).toMatchObject([
      { campaign_id: campaign, country: 'DE', received_via: 'batch' },
    ]);
    expect(await clicksOf('b2')).toMatchObject([{ campaign_id: campaign, excluded: 'bot' }]);
  });

  it('changes nothing when it is sent again, with an external id and without', async () => {
    const visits = [
      { session_id: 'r1', visited_at: '2026-02-01T12:00:00Z', tracking_code: 'A_01' },
      { session_id: 'r1', visited_at: '2026-02-03T12:00:00Z', tracking_code: 'A_01', external_id: 'x' },
    ];
    expect((await send(visits)).meta).toMatchObject({ created: 2 });
    expect((await send(visits)).meta).toMatchObject({ created: 0, unchanged: 2 });
    expect(await clicksOf('r1')).toHaveLength(2);
  });

  it('counts a visit once that it holds twice', async () => {
    const visit = { session_id: 'twice', visited_at: '2026-02-01T12:00:00Z', tracking_code: 'A_01' };
    const { data, meta } = await send([visit, { ...visit, tracking_code: 'a_01' }, visit]);
    expect(meta).toMatchObject({ created: 1, unchanged: 2 });
    expect(new Set(data.map(({ id }: { id: string }) => id)).size).toBe(1);
  });
});

describe('a visit that comes after its order', () => {
  const late = async (session_id: string, fields: Record<string, unknown> = {}) =>
    send([{ session_id, visited_at: '2026-02-01T12:00:00Z', tracking_code: 'A_01', ...fields }]);
  const waiting = async (task: string) => {
    const { rows } = await api.pool.query(
      `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = $1 and priority = 10`,
      [task],
    );
    return rows.map(({ payload }) => payload);
  };

  it('leaves the order to be settled again, behind what happens now', async () => {
    await shop.order('o1', { at: '2026-02-10T00:00:00Z', total: 10, session_id: 'l1' });
    await api.settle();
    await late('l1');
    expect(await waiting('settle-touched')).toMatchObject([
      { session_ids: ['l1'], from: '2026-02-01T12:00:00.000Z' },
    ]);
    await api.settle();
  });

  it('reaches orders of the same person in another session, and none that are older or others’', async () => {
    const customer = { external_id: 'c1', email: 'a@shop.example' };
    await shop.order('o2', { at: '2026-02-10T00:00:00Z', total: 10, customer });
    await shop.order('o3', { at: '2026-01-10T00:00:00Z', total: 10, session_id: 'l2' });
    await shop.order('o4', { at: '2026-02-10T00:00:00Z', total: 10, session_id: 'another' });
    await api.settle();
    await late('l2');
    expect(await waiting('settle-touched')).toEqual([]);
    const identities = [
      { session_id: 'l2', customer_id: 'c1', identified_at: '2026-02-05T00:00:00Z', source: 'shop' },
      { session_id: 'l2', customer_id: 'c1', identified_at: '2026-02-05T00:00:00', source: 'shop' },
    ];
    const sent = must(await api.post('/identities/batch', { identities }), 200);
    expect(sent.meta).toMatchObject({ created: 1, rejected: 1 });
    expect(await waiting('settle-touched')).toMatchObject([{ session_ids: ['l2'] }]);
    await api.settle();
    await late('l2', { visited_at: '2026-02-06T12:00:00Z' });
    expect(await waiting('settle-touched')).toMatchObject([{ session_ids: ['l2'] }]);
    expect(
      must(await api.post('/identities/batch', { identities: [identities[0]] }), 200).meta.unchanged,
    ).toBe(1);
  });

  it('is told of once, when an order names its session and its customer', async () => {
    await api.settle();
    await shop.order('o5', {
      at: '2026-03-10T00:00:00Z',
      total: 10,
      session_id: 'l5',
      customer: { external_id: 'c5' },
    });
    expect(await waiting('settle-touched')).toEqual([]);
    const rows = await api.db
      .selectFrom('session_customers')
      .selectAll()
      .where('session_id', '=', 'l5')
      .execute();
    expect(rows).toMatchObject([{ identified_at: new Date('2026-03-10T00:00:00Z') }]);
    expect(
      await api.db
        .selectFrom('customer_sessions')
        .select('session_id')
        .where('customer_id', '=', rows[0]!.customer_id)
        .execute(),
    ).toEqual([{ session_id: 'l5' }]);
  });
});

describe('an identity from a page', () => {
  it('names the customer as the shop does, before or after they are recorded, or by our id', async () => {
    const key = { authorization: '', 'x-site-key': api.settings.siteKey! };
    const identify = async (customer_id: string) =>
      must(await api.post('/campaigns/identify', { session_id: 'i1', customer_id, source: 'shop' }, key), 200)
        .data.customer_id;
    const id = await identify('c9');
    const recorded = must(await api.post('/customers', { source: 'shop', external_id: 'c9' }), 201).data;
    expect(recorded.id).toBe(id);
    expect(await identify(id.toUpperCase())).toBe(id);
  });
});

it('an identity of the future is refused, the others of its batch are kept', async () => {
  const identity = (customer_id: string, identified_at: string) => ({
    session_id: 'whose',
    customer_id,
    identified_at,
  });
  const identities = [
    identity('c8', '2026-06-02T00:00:00Z'),
    identity('c9', '2026-06-01T00:20:00Z'),
    identity('c9', '2026-06-01T00:20:00Z'),
  ];
  const { data, meta } = must(await api.post('/identities/batch', { identities }), 200);
  expect(meta).toMatchObject({ created: 1, unchanged: 1, rejected: 1 });
  expect(data[0].error.fields).toEqual([{ path: 'identified_at', message: 'lies in the future' }]);
});
