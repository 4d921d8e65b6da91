import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';
import { settableClock } from '../vocabulary/clock.ts';
import { productInput } from './product-input.ts';
import { readProductCosts } from './read-product-costs.ts';
import { readProduct } from './read-products.ts';
import { recordProducts } from './record-products.ts';
import { resolveProducts } from './resolve-products.ts';
import { unitCostOf } from './unit-cost.ts';

const { db } = await freshDatabase({ maxConnections: 12 });
const clock = settableClock('2026-03-01T00:00:00Z');
const context = { clock, actor: 'test', currency: 'EUR' };

const record = async (...inputs: object[]) =>
  recordProducts(
    db,
    inputs.map((input) => productInput.parse(input)),
    context,
  );
const recordOne = async (input: object) => {
  const [outcome] = await record(input);
  if (outcome?.outcome === 'rejected') throw new Error(outcome.error.message);
  return {
    ...outcome!,
    product: await readProduct(db, outcome!.id, { clock, currency: 'EUR', costs: true }),
  };
};
const faultsOf = async (input: object) => {
  const [outcome] = await record(input);
  return outcome?.outcome === 'rejected' ? outcome.error.fields : [];
};
const jobs = async () => {
  const { rows } = await sql<{ payload: { from: string | null; product_ids: string[] } }>`
    with taken as (delete from graphile_worker._private_jobs returning payload) select payload from taken`.execute(
    db,
  );
  return rows.map(({ payload }) => payload);
};
const costAt = async (id: string, at: string, currency = 'EUR', batch: string | null = null) => {
  const costs = await readProductCosts(db, [id]);
  return unitCostOf({ unit_cost_minor: null, batch, currency, at: new Date(at) }, costs.get(id))
    ?.unit_cost_minor;
};

describe('recording a product', () => {
  test('creates it, answers the same again with unchanged, and updates only what is given', async () => {
    const shirt = { external_id: 'shirt', name: 'Shirt', sku: 'S-1', category: 'tops', cost: 4 };
    const first = await recordOne(shirt);
    expect(first).toMatchObject({
      outcome: 'created',
      product: { cost: 4, currency: 'EUR', source: 'default' },
    });
    expect(await recordOne(shirt)).toMatchObject({ outcome: 'unchanged', id: first.id });
    const renamed = await recordOne({ external_id: 'shirt', name: 'Linen shirt' });
    expect(renamed).toMatchObject({
      outcome: 'updated',
      product: { name: 'Linen shirt', sku: 'S-1', cost: 4 },
    });
    expect((await recordOne({ external_id: 'shirt', sku: null })).product.sku).toBeNull();
  });

  test('keeps who changed what from what to what', async () => {
    const { id } = await recordOne({ external_id: 'audited', name: 'Before' });
    clock.advance(1);
    await recordOne({ external_id: 'audited', name: 'After' });
    const entries = await db
      .selectFrom('audit_log')
      .selectAll()
      .where('subject_id', '=', id)
      .orderBy('at')
      .execute();
    expect(entries).toMatchObject([
      { action: 'product.create', actor: 'test', before: null },
      { action: 'product.update', before: { name: 'Before' }, after: { name: 'After' } },
    ]);
  });

  test('keeps the shops apart', async () => {
    const a = await recordOne({ source: 'shop-a', external_id: '1' });
    const b = await recordOne({ source: 'shop-b', external_id: '1' });
    expect(a.id).not.toBe(b.id);
  });

  test('takes what is sent twice in a batch one after the other, and rejects only the faulty', async () => {
    const outcomes = await record(
      { external_id: 'twice', name: 'A' },
      { external_id: 'bad', cost: '1.234' },
      { external_id: 'twice', name: 'B' },
      { external_id: 'twice', name: 'B' },
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'rejected', 'updated', 'unchanged']);
  });

  test('is created once by ten clients at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => recordOne({ external_id: 'race', cost: 7 })),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(9);
    expect((await readProductCosts(db, [outcomes[0]!.id])).get(outcomes[0]!.id)!.costs).toHaveLength(1);
  });

  test.each([
    [{ external_id: 'x', cost: '1.234' }, 'cost', 'must be an amount of EUR with at most 2 decimals'],
    [{ external_id: 'x', cost: -1 }, 'cost', 'must not be negative'],
    [
      { external_id: 'x', cost: 1.5, currency: 'JPY' },
      'cost',
      'must be an amount of JPY with at most 0 decimals',
    ],
    [
      { external_id: 'x', cost: 1, cost_from: '2026-01-01T00:00:00Z' },
      'reason',
      'is required when cost_from lies in',
    ],
    [{ external_id: 'x', cost_from: '2027-01-01T00:00:00Z' }, 'cost_from', 'give the cost too'],
    [
      { external_id: 'x', batches: [{ batch: 'L', unit_cost: 0.001 }] },
      'batches.0.unit_cost',
      'at most 2 decimals',
    ],
    [
      { external_id: 'x', batches: [1, 2].map((unit_cost) => ({ batch: 'L', unit_cost })) },
      'batches.1.batch',
      'is the same as batches.0',
    ],
  ])('refuses %j at %s', async (input, path, message) => {
    expect(await faultsOf(input)).toEqual([{ path, message: expect.stringContaining(message) }]);
  });
});

describe('a cost', () => {
  test('that is the first known holds since ever; a later one holds from now', async () => {
    clock.set('2026-03-01T00:00:00Z');
    const { id } = await recordOne({ external_id: 'c1', cost: 4 });
    clock.set('2026-03-10T00:00:00Z');
    const { product } = await recordOne({ external_id: 'c1', cost: 5 });
    expect(product).toMatchObject({
      cost: 5,
      costs: [
        { unit_cost: 4, currency: 'EUR', from: null, to: '2026-03-10T00:00:00.000Z' },
        { unit_cost: 5, currency: 'EUR', from: '2026-03-10T00:00:00.000Z', to: null },
      ],
    });
    expect(await costAt(id, '2001-01-01T00:00:00Z')).toBe(400n);
    expect(await costAt(id, '2026-03-09T23:59:59.999Z')).toBe(400n);
    expect(await costAt(id, '2026-03-10T00:00:00Z')).toBe(500n);
  });

  test('that reaches into the past overrules what was known from there on, and says why', async () => {
    clock.set('2026-03-01T00:00:00Z');
    const { id } = await recordOne({ external_id: 'c2', cost: 4 });
    clock.set('2026-03-10T00:00:00Z');
    await recordOne({ external_id: 'c2', cost: 5 });
    clock.advance(1);
    const corrected = {
      external_id: 'c2',
      cost: 6,
      cost_from: '2026-02-01T00:00:00Z',
      reason: 'Invoice corrected',
    };
    expect((await recordOne(corrected)).product.costs).toMatchObject([
      { unit_cost: 4, from: null, to: '2026-02-01T00:00:00.000Z' },
      { unit_cost: 6, from: '2026-02-01T00:00:00.000Z', to: null },
    ]);
    expect(await recordOne(corrected)).toMatchObject({ outcome: 'unchanged' });
    const audit = await db
      .selectFrom('audit_log')
      .selectAll()
      .where('subject_id', '=', id)
      .orderBy('at', 'desc')
      .execute();
    expect(audit[0]).toMatchObject({
      reason: 'Invoice corrected',
      after: { costs: [{ unit_cost: 4 }, { unit_cost: 6 }] },
    });
  });

  test('planned for later stays planned when the present one is sent again', async () => {
    clock.set('2026-03-01T00:00:00Z');
    await recordOne({ external_id: 'c3', cost: 4 });
    await recordOne({ external_id: 'c3', cost: 9, cost_from: '2026-04-01T00:00:00Z' });
    expect(await recordOne({ external_id: 'c3', cost: 4 })).toMatchObject({
      outcome: 'unchanged',
      product: { cost: 4, costs: [{ unit_cost: 4 }, { unit_cost: 9 }] },
    });
  });

  test('that returns to what it was joins the period before it', async () => {
    clock.set('2026-03-01T00:00:00Z');
    await recordOne({ external_id: 'c4', cost: 4 });
    clock.set('2026-03-10T00:00:00Z');
    await recordOne({ external_id: 'c4', cost: 5 });
    const restored = { external_id: 'c4', cost: 4, cost_from: '2026-03-10T00:00:00Z', reason: 'A mistake' };
    clock.set('2026-03-11T00:00:00Z');
    expect((await recordOne(restored)).product.costs).toEqual([
      { unit_cost: 4, currency: 'EUR', from: null, to: null },
    ]);
  });

  test('stands in each currency by itself; the cost shown is in the currency of the installation', async () => {
    const { id } = await recordOne({ external_id: 'c5', cost: 4, currency: 'USD' });
    expect(await recordOne({ external_id: 'c5', cost: 3 })).toMatchObject({
      product: { cost: 3, currency: 'EUR' },
    });
    expect(await costAt(id, '2026-03-01T00:00:00Z', 'USD')).toBe(400n);
    expect(await costAt(id, '2026-03-01T00:00:00Z', 'GBP')).toBeUndefined();
  });

  test('of a batch comes before the cost of the product, in its own currency', async () => {
    const { id } = await recordOne({
      external_id: 'c6',
      cost: 4,
      batches: [{ batch: 'L1', unit_cost: 3.5 }],
    });
    expect(await costAt(id, '2026-03-01T00:00:00Z', 'EUR', 'L1')).toBe(350n);
    expect(await costAt(id, '2026-03-01T00:00:00Z', 'EUR', 'L2')).toBe(400n);
  });
});

test('settles the sales a cost reaches: none for a new product, all for a first cost or a batch, those since for others', async () => {
  clock.set('2026-03-01T00:00:00Z');
  await jobs();
  const { id } = await recordOne({ external_id: 'r1', name: 'R', batches: [{ batch: 'L', unit_cost: 1 }] });
  expect(await jobs()).toEqual([]);
  await recordOne({ external_id: 'r1', cost: 4 });
  expect(await jobs()).toMatchObject([{ from: null, to: null, product_ids: [id] }]);
  await recordOne({ external_id: 'r1', cost: 4 });
  expect(await jobs()).toEqual([]);
  await recordOne({ external_id: 'r1', cost: 5, cost_from: '2026-02-01T00:00:00Z', reason: 'Late invoice' });
  expect(await jobs()).toMatchObject([{ from: '2026-02-01T00:00:00.000Z', to: null, product_ids: [id] }]);
  await recordOne({ external_id: 'r1', batches: [{ batch: 'L', unit_cost: 2 }] });
  expect(await jobs()).toMatchObject([{ from: null, to: null, product_ids: [id] }]);
});

test('a product is found by our id or by its external id: of the source named, of the default one, or the only one', async () => {
  await record(
    { source: 'a', external_id: 'p' },
    { source: 'default', external_id: 'p' },
    { source: 'a', external_id: 'q' },
    { source: 'b', external_id: 'q' },
    { source: 'b', external_id: 'only' },
  );
  const external_ids = ['p', 'q', 'only', 'none'];
  const from = async (source?: string) =>
    (await resolveProducts(db, { external_ids, source })).map(({ product }) => product?.source);
  expect(await from('a')).toEqual(['a', 'a', 'b', undefined]);
  expect(await from('c')).toEqual(['default', undefined, 'b', undefined]);
  expect(await from()).toEqual(['default', undefined, 'b', undefined]);
  const [p] = await resolveProducts(db, { external_ids: ['p'] });
  const product_ids = ['not an id', p!.product!.id.toUpperCase()];
  expect((await resolveProducts(db, { product_ids })).map(({ product }) => product?.id)).toEqual([
    undefined,
    p!.product!.id,
  ]);
});

describe('a product whose costs come with all their periods', () => {
  const periods = [
    { unit_cost: 4, currency: 'EUR', to: '2026-01-01T00:00:00Z' },
    { unit_cost: 5, currency: 'EUR', from: '2026-01-01T00:00:00Z' },
    { unit_cost: 5.5, currency: 'USD', from: '2026-02-01T00:00:00Z', to: '2026-02-10T00:00:00Z' },
  ];

  test('has them, and the same again changes nothing', async () => {
    const moved = { external_id: 'moved', costs: periods };
    const { id, outcome } = await recordOne(moved);
    expect(outcome).toBe('created');
    expect([await costAt(id, '2020-01-01T00:00:00Z'), await costAt(id, '2026-06-01T00:00:00Z')]).toEqual([
      400n,
      500n,
    ]);
    expect(await costAt(id, '2026-02-05T00:00:00Z', 'USD')).toBe(550n);
    expect(await costAt(id, '2026-02-10T00:00:00Z', 'USD')).toBeUndefined();
    expect((await recordOne({ ...moved, costs: periods.toReversed() })).outcome).toBe('unchanged');
    expect(await jobs()).toEqual([]);
  });

  test('needs a reason where others are known, and settles what they reach', async () => {
    const { id } = await recordOne({ external_id: 'rewritten', costs: periods });
    const others = { external_id: 'rewritten', costs: [{ unit_cost: 6, currency: 'EUR' }] };
    expect(await faultsOf(others)).toEqual([
      {
        path: 'reason',
        message: 'is required when other costs are known already (EUR): say why they change',
      },
    ]);
    expect((await recordOne({ ...others, reason: 'The supplier was wrong' })).outcome).toBe('updated');
    expect(await costAt(id, '2020-01-01T00:00:00Z')).toBe(600n);
    expect(await costAt(id, '2026-02-05T00:00:00Z', 'USD')).toBe(550n);
    expect(await jobs()).toMatchObject([{ from: null, product_ids: [id] }]);
  });

  test.each([
    ['costs', { cost: 4, costs: periods }],
    ['costs.1.from', { costs: [periods[1], { unit_cost: 1, from: '2026-05-01T00:00:00Z' }] }],
    ['costs.0.to', { costs: [{ unit_cost: 1, from: '2026-05-01T00:00:00Z', to: '2026-05-01T00:00:00Z' }] }],
    ['costs.0.unit_cost', { costs: [{ unit_cost: 1.234, currency: 'EUR' }] }],
  ])('is refused, naming %s', async (path, fields) => {
    expect((await faultsOf({ external_id: 'faulty', ...fields })).map((fault) => fault.path)).toEqual([path]);
  });
});
