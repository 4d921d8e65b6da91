import { describe, expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const products = await api.post('/products/batch', {
  items: [{ external_id: 'shirt' }, { external_id: 'hat' }],
});
const [shirt, hat] = products.body.data.map(({ id }: { id: string }) => id);

const day = (n: number) => `2026-02-${String(n).padStart(2, '0')}T00:00:00Z`;
await api.post('/orders/batch', {
  items: Array.from({ length: 9 }, (_, i) => ({
    source: i < 6 ? 'shop-a' : 'shop-b',
    external_id: `ext-${i + 1}`,
    order_number: `#10${i + 1}`,
    currency: 'EUR',
    // Three a day, so that a page may end between two sales of one moment.
    ordered_at: day(1 + Math.floor(i / 3)),
    status: i % 2 === 0 ? 'confirmed' : 'cancelled',
    customer: { external_id: `c${i % 3}`, email: `Person${i % 3}@example.com`, name: `Person ${i % 3}` },
    lines: [{ product: { external_id: i % 4 === 0 ? 'hat' : 'shirt' }, quantity: 1, unit_price: 10 }],
  })),
});

const numbersOf = async (query: string): Promise<string[]> =>
  (await api.get(`/orders?${query}`)).body.data
    .map((each: { external_id: string }) => each.external_id.slice(4))
    .sort();

describe('orders', () => {
  test('come newest first, page by page, each once', async () => {
    const seen: { ordered_at: string; id: string }[] = [];
    let cursor = '';
    do {
      const { body } = await api.get(`/orders?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.data);
      cursor = body.meta.next_cursor;
    } while (cursor !== null);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(9);
    const times = seen.map(({ ordered_at }) => ordered_at);
    expect(times).toEqual([...times].sort().reverse());
  });

  test.each([
    ['status=cancelled', '2,4,6,8'],
    ['source=shop-b', '7,8,9'],
    [`product_id=${hat}`, '1,5,9'],
    [`product_id=${shirt}&status=confirmed`, '3,7'],
    [`from=${day(2)}&to=${day(3)}`, '4,5,6'],
    ['search=%2310', '1,2,3,4,5,6,7,8,9'],
    ['search=%23103', '3'],
    ['search=ext-4', '4'],
    ['search=ext_4', ''],
    ['search=%25', ''],
    ['updated_since=2026-03-01T12:00:00Z&status=cancelled&source=shop-b', '8'],
    ['updated_since=2026-03-01T12:00:01Z', ''],
  ])('are found by %s', async (query, expected) => {
    expect((await numbersOf(query)).join()).toBe(expected);
  });

  test('are found by their customer', async () => {
    const { body } = await api.get('/customers?email=PERSON1@example.com&source=shop-a');
    expect(body.data).toMatchObject([{ external_id: 'c1', name: 'Person 1', source: 'shop-a' }]);
    expect(await numbersOf(`customer_id=${body.data[0].id}`)).toEqual(['2', '5']);
    expect((await api.get(`/customers/${body.data[0].id}`)).body.data).toEqual(body.data[0]);
  });

  test('are not found by a cursor of another list, a limit above 500, or an id that is none', async () => {
    const other = (await api.get('/customers?limit=1')).body.meta.next_cursor;
    expect((await api.get(`/orders?cursor=${other}`)).status).toBe(400);
    expect((await api.get('/orders?limit=501')).body.error.fields).toEqual([
      { path: 'limit', message: 'must be at most 500' },
    ]);
    expect((await api.get('/orders/none')).status).toBe(404);
    expect((await api.get('/orders/0194f1c2-0000-7000-8000-000000000000')).status).toBe(404);
  });
});

describe('products', () => {
  test('are listed newest first and found by a part of what they are called', async () => {
    await api.post('/products', {
      external_id: 'boot-1',
      name: 'Rain Boot',
      category: 'shoes',
      sku: '50%OFF',
    });
    const found = async (query: string) =>
      (await api.get(`/products?${query}`)).body.data.map(
        (each: { external_id: string }) => each.external_id,
      );
    expect(await found('search=rain')).toEqual(['boot-1']);
    expect(await found('search=%25off')).toEqual(['boot-1']);
    expect(await found('category=shoes')).toEqual(['boot-1']);
    const { body } = await api.get('/products?limit=2');
    expect((await found(`limit=2&cursor=${body.meta.next_cursor}`)).length).toBe(1);
    expect((await api.get(`/products/${hat}`)).body.data).toMatchObject({
      id: hat,
      external_id: 'hat',
      cost: null,
    });
  });
});
