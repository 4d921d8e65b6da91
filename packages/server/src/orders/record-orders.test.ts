import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { orderInput } from './order-input.ts';
import { recordOrders } from './record-orders.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
await api.post('/products/batch', {
  items: [
    { external_id: 'shirt', name: 'Shirt', cost: 4 },
    { external_id: 'hat', name: 'Hat' },
    { source: 'shop-b', external_id: 'shirt', name: 'Shirt of B' },
  ],
});

let made = 0;
/** A valid order of one shirt at 10.00, with an external id of its own. */
const order = <Given extends object>(given = {} as Given) => ({
  external_id: `o${++made}`,
  currency: 'EUR',
  ordered_at: '2026-02-10T10:00:00+01:00',
  status: 'confirmed',
  lines: [{ product: { external_id: 'shirt' }, quantity: 1, unit_price: 10 }],
  ...given,
});
const send = async (body: object) => {
  const reply = await api.post('/orders', body);
  return { ...reply, data: reply.body.data, outcome: reply.body.meta?.outcome };
};
const stored = async (id: string) =>
  await api.db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const auditOf = async (id: string) =>
  await api.db.selectFrom('audit_log').selectAll().where('subject_id', '=', id).orderBy('at').execute();
const jobsFor = async (id: string) => {
  const { rows } = await api.pool.query(
    `select 1 from graphile_worker._private_jobs where payload -> 'order_ids' is not null and payload::text like $1`,
    [`%${id}%`],
  );
  return rows.length;
};

describe('an order', () => {
  test('is created, shown as it was sent, and left to be settled', async () => {
    const sent = order({
      order_number: '#1001',
      customer: { external_id: 'c1', email: 'Ann@Example.com', name: 'Ann' },
      session_id: 's1',
      store: 'Berlin',
      retailer: 'R1',
      coupon: 'SPRING',
      utm: { utm_source: 'instagram', utm_campaign: 'spring' },
      click_ids: { gclid: 'abc' },
      reported_campaign: 'Spring sale',
      lines: [
        {
          external_id: 'a',
          product: { external_id: 'shirt' },
          quantity: 2,
          unit_price: '10.00',
          discount: 1.5,
        },
        {
          external_id: 'b',
          product: { external_id: 'hat' },
          batch: 'L1',
          quantity: 0.5,
          unit_price: 7,
          unit_cost: 2.25,
        },
      ],
      shipping: 4.9,
      tax: 3,
      discount: 2,
    });
    const { status, data, outcome } = await send(sent);
    expect([status, outcome]).toEqual([201, 'created']);
    const { lines: _, customer: __, ordered_at: ___, ...rest } = sent;
    expect(data).toMatchObject({
      ...rest,
      source: 'default',
      ordered_at: '2026-02-10T09:00:00.000Z',
      customer: { external_id: 'c1', email: 'Ann@Example.com', name: 'Ann' },
      total: 27.9,
      net_total: 27.9,
      product_count: 2.5,
      campaign_id: null,
      visit_id: null,
      settlement: { status: 'pending', settled_at: null },
    });
    expect(data.lines).toMatchObject([
      {
        line_no: 1,
        external_id: 'a',
        product: { external_id: 'shirt', name: 'Shirt' },
        quantity: 2,
        unit_price: 10,
        gross: 20,
        discount: 1.5,
        order_discount_share: 1.68,
        net: 16.82,
        unit_cost: 4,
        unit_cost_given_by: 'product',
      },
      {
        line_no: 2,
        external_id: 'b',
        batch: 'L1',
        quantity: 0.5,
        gross: 3.5,
        order_discount_share: 0.32,
        net: 3.18,
        unit_cost: 2.25,
        unit_cost_given_by: 'line',
      },
    ]);
    const { campaign_id: _campaign, visit_id: _visit, ...shown } = data;
    expect((await api.get(`/orders/${data.id}`)).body.data).toEqual(shown);
    expect(await jobsFor(data.id)).toBe(1);
  });

  test('sent again changes nothing, in whatever notation its amounts and its time come', async () => {
    const first = await send(order({ external_id: 'again', shipping: 5 }));
    const lines = [{ product: { external_id: 'shirt' }, quantity: '1.0', unit_price: '10.00' }];
    const again = await send(
      order({ external_id: 'again', shipping: '5.00', ordered_at: '2026-02-10T09:00:00Z', lines }),
    );
    expect([again.status, again.outcome, again.data.id]).toEqual([200, 'unchanged', first.data.id]);
    expect((await stored(first.data.id)).revision).toBe(1);
    expect(await jobsFor(first.data.id)).toBe(1);
    expect(await auditOf(first.data.id)).toEqual([]);
  });

  test('changed is updated, audited with before and after, and left to be settled again', async () => {
    const first = await send(order({ external_id: 'edited', store: 'Berlin' }));
    const lines = [{ product: { external_id: 'shirt' }, quantity: 3, unit_price: 10 }];
    const edited = await send(order({ external_id: 'edited', lines }));
    expect([edited.status, edited.outcome]).toEqual([200, 'updated']);
    expect(edited.data).toMatchObject({ id: first.data.id, total: 30, store: null });
    expect((await stored(first.data.id)).revision).toBe(2);
    expect(await auditOf(first.data.id)).toMatchObject([
      {
        action: 'order.update',
        before: { store: 'Berlin', lines: [{ line_no: 1, quantity: 1 }] },
        after: { store: null, lines: [{ line_no: 1, quantity: 3 }] },
      },
    ]);
    expect(await jobsFor(first.data.id)).toBe(2);
  });

  test('is one order by whatever channel it is reported, and another in another shop', async () => {
    const a = await send(order({ external_id: 'same', source: 'shop-a' }));
    const b = await send(order({ external_id: 'same', source: 'shop-b' }));
    expect(a.data.id).not.toBe(b.data.id);
  });

  test('finds its products in its own shop first, then in the default one, or by our id', async () => {
    const ofShop = await send(order({ source: 'shop-b' }));
    expect(ofShop.data.lines[0].product.name).toBe('Shirt of B');
    const ofDefault = await send(order({ source: 'shop-a' }));
    expect(ofDefault.data.lines[0].product.name).toBe('Shirt');
    const { product_id } = ofShop.data.lines[0];
    const byId = await send(order({ lines: [{ product_id, quantity: 1, unit_price: 1 }] }));
    expect(byId.data.lines[0].product.name).toBe('Shirt of B');
  });

  test('without lines keeps its total and its count', async () => {
    const { data } = await send(
      order({ lines: undefined, total: 99.5, product_count: 3, shipping: 4.5, retailer: 'R1' }),
    );
    expect(data).toMatchObject({ lines: [], total: 99.5, net_total: 99.5, product_count: 3, shipping: 4.5 });
  });

  test('whose lines keep their ids keeps the numbers of its lines when one is taken out', async () => {
    const line = (external_id: string) => ({
      external_id,
      product: { external_id: 'hat' },
      quantity: 1,
      unit_price: 5,
    });
    const lines = ['a', 'b', 'c'].map(line);
    const { data } = await send(order({ external_id: 'numbers', lines }));
    const edited = await send(order({ external_id: 'numbers', lines: [line('c'), line('d'), line('b')] }));
    const numbered = (of: { lines: { external_id: string; line_no: number }[] }) =>
      of.lines.map(({ external_id, line_no }) => `${line_no}${external_id}`);
    expect([numbered(data), numbered(edited.data)]).toEqual([
      ['1a', '2b', '3c'],
      ['2b', '3c', '4d'],
    ]);
  });

  test('keeps the customer, whose fields left out stay as they are', async () => {
    const customer = { external_id: 'kept', email: 'kim@example.com', name: 'Kim' };
    const first = await send(order({ customer }));
    const second = await send(order({ customer: { external_id: 'kept', name: 'Kim Lee' } }));
    expect(second.data.customer).toEqual({ ...first.data.customer, name: 'Kim Lee' });
  });
});

describe('a version', () => {
  const version = (updated_at: string | undefined, quantity: number, external_id: string) =>
    order({
      external_id,
      updated_at,
      lines: [{ product: { external_id: 'shirt' }, quantity, unit_price: 10 }],
    });

  test('older than the one held is ignored, and kept once', async () => {
    const newer = await send(version('2026-02-12T00:00:00Z', 2, 'v1'));
    for (let time = 0; time < 2; time++) {
      const older = await send(version('2026-02-11T00:00:00Z', 1, 'v1'));
      expect(older.status).toBe(200);
      expect(older.body.meta).toEqual({
        outcome: 'ignored_older',
        held_updated_at: '2026-02-12T00:00:00.000Z',
      });
      expect(older.data.total).toBe(20);
    }
    expect(await auditOf(newer.data.id)).toMatchObject([
      { action: 'order.ignore', after: { updated_at: '2026-02-11T00:00:00.000Z', lines: [{ quantity: 1 }] } },
    ]);
    expect((await stored(newer.data.id)).revision).toBe(1);
  });

  test('that does not say when it is of counts as the newest, and does not make later ones look old', async () => {
    await send(version('2026-02-12T00:00:00Z', 2, 'v2'));
    expect((await send(version(undefined, 3, 'v2'))).outcome).toBe('updated');
    expect((await send(version('2026-02-11T00:00:00Z', 1, 'v2'))).outcome).toBe('ignored_older');
    expect((await send(version('2026-02-13T00:00:00Z', 4, 'v2'))).data.total).toBe(40);
  });

  test('that differs only in its number moves the number on and nothing else', async () => {
    const { data } = await send(version('2026-02-12T00:00:00Z', 2, 'v3'));
    expect((await send(version('2026-02-14T00:00:00Z', 2, 'v3'))).outcome).toBe('unchanged');
    expect((await send(version('2026-02-13T00:00:00Z', 1, 'v3'))).outcome).toBe('ignored_older');
    expect(await stored(data.id)).toMatchObject({
      revision: 1,
      updated_at: new Date('2026-02-14T00:00:00Z'),
    });
  });

  test('repeated after a change of status by hand does not take the status back; a newer one does', async () => {
    const sent = order({ external_id: 'v4', updated_at: '2026-02-12T00:00:00Z' });
    const { data } = await send(sent);
    await api.patch(`/orders/${data.id}/status`, { status: 'cancelled' });
    expect(await send(sent)).toMatchObject({ outcome: 'unchanged', data: { status: 'cancelled' } });
    const newer = await send({ ...sent, updated_at: '2026-02-13T00:00:00Z' });
    expect(newer).toMatchObject({ outcome: 'updated', data: { status: 'confirmed' } });
  });

  test('of any set, in any order of arrival and sent twice, leaves the newest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 4 }),
        fc.integer(),
        async (days, seed) => {
          const external_id = `any${++made}`;
          const versions = [...days, ...days].map((day) =>
            version(`2026-02-${String(day).padStart(2, '0')}T00:00:00Z`, day, external_id),
          );
          const arrival = fc.sample(fc.shuffledSubarray(versions, { minLength: versions.length }), {
            seed,
            numRuns: 1,
          })[0]!;
          let last = await send(arrival[0]!);
          for (const each of arrival.slice(1)) last = await send(each);
          expect(last.data.total).toBe(10 * Math.max(...days));
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('a status', () => {
  test('may follow any other; the change is audited and settled', async () => {
    const { data } = await send(order());
    for (const status of [
      'refunded',
      'pending',
      'delivered',
      'cancelled',
      'completed',
      'processing',
      'confirmed',
    ]) {
      api.clock.advance(1000);
      const { body } = await api.patch(`/orders/${data.id}/status`, { status });
      expect([body.data.status, body.meta.outcome]).toEqual([status, 'updated']);
    }
    const { body } = await api.patch(`/orders/${data.id}/status`, { status: 'confirmed' });
    expect(body.meta.outcome).toBe('unchanged');
    expect(await auditOf(data.id)).toHaveLength(7);
    expect((await stored(data.id)).revision).toBe(8);
  });

  test('older than the version held is ignored; one of the source moves the version on', async () => {
    const { data } = await send(order({ updated_at: '2026-02-12T00:00:00Z' }));
    const set = async (status: string, updated_at: string) =>
      (await api.patch(`/orders/${data.id}/status`, { status, updated_at })).body.meta.outcome;
    expect(await set('cancelled', '2026-02-11T00:00:00Z')).toBe('ignored_older');
    expect(await set('delivered', '2026-02-14T00:00:00Z')).toBe('updated');
    expect(await set('cancelled', '2026-02-13T00:00:00Z')).toBe('ignored_older');
  });

  test('that nobody knows is refused with those that are known', async () => {
    const { data } = await send(order());
    const { status, body } = await api.patch(`/orders/${data.id}/status`, { status: 'shipped' });
    expect(status).toBe(422);
    expect(body.error.fields).toEqual([
      { path: 'status', message: expect.stringContaining('pending, confirmed, processing') },
    ]);
    expect(
      (await api.patch('/orders/0194f1c2-0000-7000-8000-000000000000/status', { status: 'pending' })).status,
    ).toBe(404);
  });
});

test('an import may record the products nobody knows on the way, by their ids alone', async () => {
  const lines = [{ product: { external_id: 'never-seen' }, quantity: 1, unit_price: 5 }];
  const input = orderInput.parse(order({ source: 'archive', lines }));
  const context = { clock: api.clock, actor: 'cli', currency: 'EUR', receivedVia: 'import' };
  expect(await recordOrders(api.db, [input], context)).toMatchObject([{ outcome: 'rejected' }]);
  const outcomes = await recordOrders(api.db, [input, input], { ...context, createMissingProducts: true });
  expect(outcomes).toMatchObject([{ outcome: 'created' }, { outcome: 'unchanged' }]);
  const { body } = await api.get('/products?source=archive');
  expect(body.data).toMatchObject([{ external_id: 'never-seen', name: null, cost: null }]);
  expect((await api.get('/orders?source=archive')).body.data).toMatchObject([
    { received_via: 'import', total: 5 },
  ]);
});

describe('at once', () => {
  test('the same order from ten senders is created once and unchanged nine times', async () => {
    const sent = order({ customer: { external_id: 'crowd', email: 'crowd@example.com' } });
    const replies = await Promise.all(Array.from({ length: 10 }, () => send(sent)));
    expect(replies.map(({ outcome }) => outcome).sort()).toEqual(['created', ...Array(9).fill('unchanged')]);
    expect(new Set(replies.map(({ data }) => data.id)).size).toBe(1);
    expect(await jobsFor(replies[0]!.data.id)).toBe(1);
  });

  test('batches that meet in opposite order with shared customers end with the newest of each, without a deadlock', async () => {
    const ids = Array.from({ length: 60 }, () => `meet${++made}`);
    const batch = (day: number, reversed: boolean) => {
      const items = ids.map((external_id, i) =>
        order({
          external_id,
          updated_at: `2026-02-1${day}T00:00:00Z`,
          customer: { external_id: `meet${i % 7}`, name: `Name ${day}` },
          lines: [{ product: { external_id: 'shirt' }, quantity: 1 + day, unit_price: 10 }],
        }),
      );
      return api.post('/orders/batch', { items: reversed ? items.reverse() : items });
    };
    const replies = await Promise.all([1, 2, 3, 4, 5, 6].map((day) => batch(day, day % 2 === 0)));
    expect(replies.map(({ status }) => status)).toEqual(Array(6).fill(200));
    const { body } = await api.get('/orders?search=meet&limit=500');
    expect(body.data).toHaveLength(60);
    expect(new Set(body.data.map((each: { total: number }) => each.total))).toEqual(new Set([70]));
  });
});

describe('a batch', () => {
  test('rejects only the faulty, each with its faults, and answers at the place of each', async () => {
    const items = [
      order(),
      order({ currency: 'EURO' }),
      order({ lines: [{ product: { external_id: 'nothing' }, quantity: 1, unit_price: 1 }] }),
      { ...order(), colour: 'red' },
      'not an order',
      order(),
    ];
    const { status, body } = await api.post('/orders/batch', { items });
    expect(status).toBe(200);
    expect(body.meta).toEqual({ created: 2, updated: 0, unchanged: 0, ignored_older: 0, rejected: 4 });
    const faults = body.data.map((row: { error?: { fields: { path: string }[] } }) =>
      row.error?.fields.map(({ path }) => path),
    );
    expect(faults).toEqual([
      undefined,
      ['currency'],
      ['lines.0.product.external_id'],
      ['colour'],
      [''],
      undefined,
    ]);
    expect(body.data[0]).toMatchObject({
      index: 0,
      outcome: 'created',
      external_id: (items[0] as { external_id: string }).external_id,
    });
    expect((await api.get(`/orders/${body.data[5].id}`)).body.data.total).toBe(10);
  });

  test('in which an order appears several times takes it as if it had been sent that often', async () => {
    const versions = [1, 2, 2, 3].map((quantity) =>
      order({
        external_id: 'thrice',
        lines: [{ product: { external_id: 'shirt' }, quantity, unit_price: 10 }],
      }),
    );
    const { body } = await api.post('/orders/batch', { items: versions });
    expect(body.data.map((row: { outcome: string }) => row.outcome)).toEqual([
      'created',
      'updated',
      'unchanged',
      'updated',
    ]);
    expect((await api.get(`/orders/${body.data[0].id}`)).body.data.total).toBe(30);
  });

  test('sent again is unchanged throughout, and leaves one job for all that were new', async () => {
    const items = Array.from({ length: 30 }, () => order());
    const first = await api.post('/orders/batch', { items });
    expect(first.body.meta).toMatchObject({ created: 30 });
    expect((await api.post('/orders/batch', { items })).body.meta).toMatchObject({ unchanged: 30 });
    expect(await jobsFor(first.body.data[0].id)).toBe(1);
    expect(await jobsFor(first.body.data[29].id)).toBe(1);
  });

  test('of more than a thousand is refused', async () => {
    const { status, body } = await api.post('/orders/batch', { items: Array(1001).fill({}) });
    expect([status, body.error.fields]).toEqual([
      422,
      [{ path: 'items', message: 'must have at most 1000 items' }],
    ]);
  });

  test('under a key is carried out once', async () => {
    const items = [order(), order()];
    const key = { 'idempotency-key': 'batch-1' };
    const first = await api.post('/orders/batch', { items }, key);
    const again = await api.post('/orders/batch', { items }, key);
    expect(again.body).toEqual(first.body);
    expect(again.body.meta).toMatchObject({ created: 2 });
  });
});

describe('an order that turns out to be in another currency', () => {
  test.each([
    ['JPY', [100, 40, 4, 25, 31]],
    ['BHD', [100, 40, 4, 25, 30.55]],
    ['USD', [100, 40, 4, 25, 30.55]],
  ])('has the same decimals in %s, of lines and refunds too', async (currency, decimals) => {
    const lines = [{ product: { external_id: 'shirt' }, quantity: 1, unit_price: 100, unit_cost: 40 }];
    const sent = order({ lines, shipping: 4 });
    const { data } = await send(sent);
    const refund = (given: object) => api.post(`/orders/${data.id}/refunds`, given);
    await refund({ external_id: 'r1', lines: [{ line_no: 1, amount: 25 }] });
    await refund({ external_id: 'r2', amount: 30.55 });

    expect((await send({ ...sent, currency })).outcome).toBe('updated');
    const { lines: shown, shipping } = (await api.get(`/orders/${data.id}`)).body.data;
    const refunds: { refunded: number }[] = (await api.get(`/orders/${data.id}/refunds`)).body.data;
    const { unit_price, unit_cost } = shown[0];
    expect([unit_price, unit_cost, shipping, ...refunds.map(({ refunded }) => refunded)]).toEqual(decimals);
    expect((await send(sent)).outcome).toBe('updated');
  });
});
