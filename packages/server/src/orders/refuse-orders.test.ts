import { describe, expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
await api.post('/products', { external_id: 'shirt' });

const line = (given: object = {}) => ({
  product: { external_id: 'shirt' },
  quantity: 2,
  unit_price: 10,
  ...given,
});
const order = (given: object = {}) => ({
  external_id: 'o',
  currency: 'EUR',
  ordered_at: '2026-02-10T10:00:00Z',
  status: 'confirmed',
  lines: [line()],
  ...given,
});

describe('an order is refused, with the path and the remedy, for', () => {
  test.each<[string, object, string, string]>([
    [
      'a third decimal of a euro',
      { lines: [line({ unit_price: 1.005 })] },
      'lines.0.unit_price',
      'at most 2 decimals; round it',
    ],
    [
      'a decimal of a yen',
      { currency: 'JPY', lines: [line({ unit_price: '100.5' })] },
      'lines.0.unit_price',
      'at most 0 decimals',
    ],
    [
      'an amount that is no number',
      { shipping: '1,50' },
      'shipping',
      'must be a decimal number such as "12.34"',
    ],
    ['a negative price', { lines: [line({ unit_price: -1 })] }, 'lines.0.unit_price', 'must not be negative'],
    ['negative shipping', { shipping: -1 }, 'shipping', 'must not be negative'],
    ['no quantity', { lines: [line({ quantity: 0 })] }, 'lines.0.quantity', 'must be more than zero'],
    [
      'a quantity finer than a ten-thousandth',
      { lines: [line({ quantity: 0.00001 })] },
      'lines.0.quantity',
      'at most 4 decimals',
    ],
    [
      'a line discounted below zero',
      { lines: [line({ discount: 20.01 })] },
      'lines.0.discount',
      'must be at most the 20.00 EUR',
    ],
    [
      'a discount above what the lines leave',
      { lines: [line({ discount: 5 })], discount: 15.01 },
      'discount',
      'must be at most the 15.00 EUR',
    ],
    [
      'a total that is not the sum',
      { shipping: 5, tax: 1, total: 25 },
      'total',
      'is 25.00 EUR, but lines + shipping + tax − discount are 26.00 EUR',
    ],
    [
      'a total with tax that prices include',
      { tax: 1, prices_include_tax: true, total: 21 },
      'total',
      'are 20.00 EUR',
    ],
    [
      'contained tax above the prices',
      { tax: 21, prices_include_tax: true },
      'tax',
      'must be at most their 20.00 EUR',
    ],
    [
      'a count that is not the sum',
      { product_count: 3 },
      'product_count',
      'is 3, but the quantities come to 2',
    ],
    [
      'neither lines nor a total',
      { lines: [] },
      'lines',
      'are required; an order that has none to tell gives its total',
    ],
    [
      'a total below shipping and tax',
      { lines: [], total: 5, shipping: 6 },
      'total',
      'must be at least the 6.00 EUR',
    ],
    [
      'an unknown product',
      { lines: [line({ product: { external_id: 'none' } })] },
      'lines.0.product.external_id',
      'none is not a product of default; record it first with POST /products',
    ],
    [
      'an unknown product id',
      { lines: [{ product_id: '0194f1c2-0000-7000-8000-000000000000', quantity: 1, unit_price: 1 }] },
      'lines.0.product_id',
      'record it first',
    ],
    [
      'a line without a product',
      { lines: [{ quantity: 1, unit_price: 1 }] },
      'lines.0.product',
      'is required: name the product as {"external_id": "…"}',
    ],
    [
      'a product named twice',
      { lines: [line({ product_id: '0194f1c2-0000-7000-8000-000000000000' })] },
      'lines.0.product',
      'give either product or product_id',
    ],
    [
      'two lines with one id',
      { lines: [line({ external_id: 'a' }), line({ external_id: 'a' })] },
      'lines.1.external_id',
      'is also the id of lines.0',
    ],
    ['a time without an offset', { ordered_at: '2026-02-10T10:00:00' }, 'ordered_at', 'with an offset'],
    ['a day that does not exist', { ordered_at: '2026-02-30T10:00:00Z' }, 'ordered_at', 'must be'],
    [
      'a year that cannot be stored',
      { ordered_at: '0000-02-10T10:00:00Z' },
      'ordered_at',
      'of the years 1000 to 9999',
    ],
    ['an unknown status', { status: 'shipped' }, 'status', 'must be one of pending, confirmed, processing'],
    ['no status', { status: undefined }, 'status', 'must be one of'],
    [
      'an unknown currency',
      { currency: 'EURO' },
      'currency',
      'must be an ISO 4217 currency code such as EUR',
    ],
    ['an unknown field', { shiping: 5 }, 'shiping', 'did you mean shipping?'],
    [
      'an unknown field of a line',
      { lines: [line({ unitPrice: 5 })] },
      'lines.0.unitPrice',
      'did you mean unit_price?',
    ],
    [
      'an address that is none',
      { customer: { external_id: 'c', email: 'ann' } },
      'customer.email',
      'must be an email address',
    ],
    ['half a surrogate pair', { store: 'a\ud800b' }, 'store', 'cannot be stored'],
    [
      'a line that is worth too much',
      { lines: [line({ quantity: 1e9, unit_price: 1e9 })] },
      'lines.0.quantity',
      'worth more than',
    ],
    ['an id of nothing but space', { external_id: '  ' }, 'external_id', 'must not be empty'],
  ])('%s', async (_, given, path, message) => {
    const { status, body } = await api.post('/orders', order(given));
    expect(status).toBe(422);
    expect(body.error.fields).toEqual([{ path, message: expect.stringContaining(message) }]);
    const inBatch = (await api.post('/orders/batch', { items: [order(given)] })).body.data[0];
    expect(inBatch.error.fields).toEqual(body.error.fields);
  });

  test('all its faults at once', async () => {
    const { body } = await api.post(
      '/orders',
      order({ shipping: -1, lines: [line({ quantity: -1, unit_price: 0.001 })] }),
    );
    expect(body.error.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
      'lines.0.quantity',
      'lines.0.unit_price',
      'shipping',
    ]);
  });

  test('nothing that was refused is left behind', async () => {
    expect((await api.get('/orders')).body.data).toEqual([]);
    expect((await api.get('/customers')).body.data).toEqual([]);
  });
});
