import { describe, expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
await api.post('/products', { external_id: 'shirt', cost: 4 });
await api.post('/products', { external_id: 'hat' });

let made = 0;
/** Three shirts at 10.00 and a hat at 50.00, shipping 5.00, tax 10.00: 95.00. */
const sell = async (given: object = {}): Promise<string> => {
  const { body } = await api.post('/orders', {
    external_id: `o${++made}`,
    currency: 'EUR',
    ordered_at: '2026-02-10T10:00:00Z',
    status: 'confirmed',
    lines: [
      { external_id: 'a', product: { external_id: 'shirt' }, quantity: 3, unit_price: 10 },
      { external_id: 'b', product: { external_id: 'hat' }, quantity: 1, unit_price: 50 },
    ],
    shipping: 5,
    tax: 10,
    ...given,
  });
  return body.data.id;
};
const refund = async (id: string, given: object, external_id = `r${++made}`) =>
  await api.post(`/orders/${id}/refunds`, { external_id, ...given });
const show = async (id: string) => (await api.get(`/orders/${id}`)).body.data;
/** What was refunded of each line, and in all. */
const refunded = async (id: string) => {
  const { lines, refunded: inAll, net_total } = await show(id);
  type Line = { refunded: number; refunded_quantity: number };
  return [
    ...lines.map((line: Line) => `${line.refunded} / ${line.refunded_quantity}`),
    `${inAll}, left ${net_total}`,
  ];
};

describe('a refund', () => {
  test.each<[string, object[], string[]]>([
    [
      'of a piece takes its share',
      [{ lines: [{ line_no: 1, quantity: 1 }] }],
      ['10 / 1', '0 / 0', '10, left 85'],
    ],
    [
      'of a line by its id',
      [{ lines: [{ line_external_id: 'b', quantity: 1 }] }],
      ['0 / 0', '50 / 1', '50, left 45'],
    ],
    [
      'of an amount of a line takes no pieces',
      [{ lines: [{ line_no: 1, amount: 7.5 }] }],
      ['7.5 / 0', '0 / 0', '7.5, left 87.5'],
    ],
    [
      'of lines, shipping and tax, which add up',
      [{ lines: [{ line_no: 1, quantity: 3, amount: 30 }], shipping: 5, tax: 3, amount: 38 }],
      ['30 / 3', '0 / 0', '38, left 57'],
    ],
    [
      'without lines is spread over lines, shipping and tax by what is left',
      [{ amount: 9.5 }],
      ['3 / 0', '5 / 0', '9.5, left 85.5'],
    ],
    ['without lines, of all, leaves nothing', [{ amount: 95 }], ['30 / 3', '50 / 1', '95, left 0']],
    [
      'after one by name is spread over what that left',
      [{ lines: [{ line_no: 1, quantity: 3 }] }, { amount: 6.5 }],
      ['30 / 3', '5 / 0', '36.5, left 58.5'],
    ],
    [
      'by name after a spread one can still take the whole line',
      [{ amount: 9.5 }, { lines: [{ line_no: 2, quantity: 1, amount: 50 }] }],
      ['6.33 / 0', '50 / 1', '59.5, left 35.5'],
    ],
    [
      'of piece after piece ends at nothing',
      [1, 2, 3].map(() => ({ lines: [{ line_no: 1, quantity: 1 }] })),
      ['30 / 3', '0 / 0', '30, left 65'],
    ],
  ])('%s', async (_, refunds, expected) => {
    const id = await sell();
    for (const each of refunds) expect((await refund(id, each)).status).toBe(201);
    expect(await refunded(id)).toEqual(expected);
  });

  test('comes in an order of their own: by when they were made, not by when they arrived', async () => {
    const spread = { amount: 9.5, refunded_at: '2026-02-20T00:00:00Z' };
    const piece = { lines: [{ line_no: 1, quantity: 1 }], refunded_at: '2026-02-21T00:00:00Z' };
    const [a, b] = [await sell(), await sell()];
    await refund(a, spread, 'spread');
    await refund(a, piece, 'piece');
    await refund(b, piece, 'piece');
    await refund(b, spread, 'spread');
    expect(await refunded(b)).toEqual(await refunded(a));
    expect(await refunded(a)).toEqual(['12 / 1', '5 / 0', '18.5, left 76.5']);
  });

  test('sent again changes nothing, also when nothing would be left for it; changed it replaces itself', async () => {
    const id = await sell();
    const all = { amount: 95, reason: 'Lost in the post' };
    const first = await refund(id, all, 'all');
    expect(first.body).toMatchObject({
      data: {
        order_id: id,
        external_id: 'all',
        amount: 95,
        refunded: 95,
        refunded_at: '2026-03-01T12:00:00.000Z',
      },
      meta: { outcome: 'created' },
    });
    api.clock.advance(60_000);
    const again = await refund(id, all, 'all');
    expect([again.status, again.body.meta.outcome, again.body.data]).toEqual([
      200,
      'unchanged',
      first.body.data,
    ]);

    const less = await refund(id, { amount: 45 }, 'all');
    expect([less.status, less.body.meta.outcome]).toEqual([200, 'updated']);
    expect(less.body.data).toMatchObject({
      id: first.body.data.id,
      refunded: 45,
      refunded_at: '2026-03-01T12:00:00.000Z',
    });
    expect((await show(id)).net_total).toBe(50);
    const audit = await api.db.selectFrom('audit_log').selectAll().where('subject_id', '=', id).execute();
    expect(audit).toMatchObject([
      {
        action: 'refund.update',
        before: { amount: 95, reason: 'Lost in the post' },
        after: { amount: 45, reason: null },
      },
    ]);
  });

  test('is settled as a change of its order, and listed with it', async () => {
    const id = await sell();
    await api.settle();
    expect((await show(id)).settlement.status).toBe('settled');
    await refund(id, { shipping: 5 }, 'one');
    expect((await show(id)).settlement.status).toBe('pending');
    await api.settle();
    expect((await show(id)).settlement.status).toBe('settled');
    const { body } = await api.get(`/orders/${id}/refunds`);
    expect(body.data).toMatchObject([{ external_id: 'one', shipping: 5, amount: 5, refunded: 5, lines: [] }]);
  });

  test('outlives an edit of its order: what the order no longer has is not given back twice', async () => {
    const id = await sell({ external_id: 'edited' });
    await refund(id, { lines: [{ line_external_id: 'b', quantity: 1 }] });
    const lines = [{ external_id: 'a', product: { external_id: 'shirt' }, quantity: 3, unit_price: 10 }];
    await sell({ external_id: 'edited', lines });
    expect(await refunded(id)).toEqual(['0 / 0', '0, left 45']);
    await sell({ external_id: 'edited' });
    expect(await refunded(id)).toEqual(['0 / 0', '50 / 1', '50, left 45']);
  });

  test('of an order without lines takes of its total', async () => {
    const id = await sell({ lines: [], total: 60, product_count: 4 });
    await refund(id, { amount: 20 });
    expect(await show(id)).toMatchObject({ total: 60, refunded: 20, net_total: 40, product_count: 4 });
  });

  test('of ten senders at once is taken once; ten that together are too much are taken as far as they fit', async () => {
    const id = await sell();
    const same = await Promise.all(Array.from({ length: 10 }, () => refund(id, { amount: 5 }, 'same')));
    expect(same.map(({ body }) => body.meta.outcome).sort()).toEqual([
      'created',
      ...Array(9).fill('unchanged'),
    ]);
    const others = await Promise.all(
      Array.from({ length: 10 }, (_, i) => refund(id, { amount: 20 }, `race${i}`)),
    );
    expect(others.map(({ status }) => status).sort()).toEqual([...Array(4).fill(201), ...Array(6).fill(422)]);
    expect((await show(id)).net_total).toBe(10);
  });
});

describe('a refund is refused, with the path and what is left, for', () => {
  test.each<[string, object, string, string]>([
    ['nothing at all', {}, 'amount', 'is required where no line, shipping or tax is refunded'],
    ['more than the order', { amount: 95.01 }, 'amount', 'give at most 95.00 EUR'],
    [
      'more than a line',
      { lines: [{ line_no: 2, amount: 50.01 }] },
      'lines.0.amount',
      'is more than is left of line 2: give at most 50.00 EUR',
    ],
    [
      'more pieces than a line has',
      { lines: [{ line_no: 1, quantity: 4 }] },
      'lines.0.quantity',
      'give at most 3',
    ],
    [
      'more than a line in two parts',
      { lines: [1, 2].map(() => ({ line_no: 1, quantity: 2 })) },
      'lines.1.quantity',
      'give at most 1',
    ],
    ['more than the shipping', { shipping: 5.01 }, 'shipping', 'give at most 5.00 EUR'],
    ['more than the tax', { tax: 10.01 }, 'tax', 'give at most 10.00 EUR'],
    [
      'an amount that is not the sum',
      { lines: [{ line_no: 1, quantity: 1 }], shipping: 5, amount: 16 },
      'amount',
      'is 16.00 EUR, but lines, shipping and tax come to 15.00 EUR',
    ],
    ['an amount below what it names', { shipping: 5, amount: 4 }, 'amount', 'must be at least the 5.00 EUR'],
    [
      'a line that is not there',
      { lines: [{ line_no: 3, quantity: 1 }] },
      'lines.0.line_no',
      'its lines are 1, 2',
    ],
    [
      'a line id that is not there',
      { lines: [{ line_external_id: 'z', quantity: 1 }] },
      'lines.0.line_external_id',
      'they are a, b',
    ],
    ['no line', { lines: [{ quantity: 1 }] }, 'lines.0.line_no', 'is required, or line_external_id'],
    [
      'a line named twice',
      { lines: [{ line_no: 1, line_external_id: 'a', quantity: 1 }] },
      'lines.0.line_no',
      'leave one out',
    ],
    [
      'neither pieces nor money',
      { lines: [{ line_no: 1 }] },
      'lines.0.quantity',
      'is required, or an amount, or both',
    ],
    ['a third decimal', { amount: 1.234 }, 'amount', 'at most 2 decimals'],
    ['an unknown field', { total: 5 }, 'total', 'is not a known field'],
  ])('%s', async (_, given, path, message) => {
    const id = await sell();
    const { status, body } = await refund(id, given);
    expect(status).toBe(422);
    expect(body.error.fields).toEqual([{ path, message: expect.stringContaining(message) }]);
    expect((await show(id)).refunds).toEqual([]);
  });

  test('what another refund has taken already', async () => {
    const id = await sell();
    await refund(id, { lines: [{ line_no: 2, amount: 30 }] });
    const { body } = await refund(id, { lines: [{ line_no: 2, quantity: 1, amount: 50 }] });
    expect(body.error.fields).toEqual([
      { path: 'lines.0.amount', message: 'is more than is left of line 2: give at most 20.00 EUR' },
    ]);
  });

  test('tax where prices include it', async () => {
    const id = await sell({ prices_include_tax: true });
    const { body } = await refund(id, { tax: 1 });
    expect(body.error.fields).toEqual([
      { path: 'tax', message: expect.stringContaining('its prices include the tax; leave it out') },
    ]);
  });

  test('a line of an order without lines, and an order that is not there', async () => {
    const id = await sell({ lines: [], total: 60 });
    const { body } = await refund(id, { lines: [{ line_no: 1, quantity: 1 }] });
    expect(body.error.fields).toEqual([
      { path: 'lines.0', message: expect.stringContaining('give an amount instead') },
    ]);
    expect((await refund('0194f1c2-0000-7000-8000-000000000000', { amount: 1 })).status).toBe(404);
  });
});
