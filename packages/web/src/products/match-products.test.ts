import { expect, it } from 'vitest';
import type { Product } from '../api/types/order.ts';
import { matchProducts } from './use-all-products.ts';

function product(external_id: string, sku: string | null, name: string | null): Product {
  return {
    id: external_id,
    source: 'default',
    external_id,
    sku,
    name,
    category: null,
    cost: null,
    currency: null,
    costs: [],
    batches: [],
  };
}

const shirt = product('1', 'SKU-1', 'Shirt');
const shoe = product('2', null, 'Shoe');

it('finds pasted products by SKU, id or name, whatever the case, each once', () => {
  const { found, unknown } = matchProducts('sku-1\n2; Shirt\t', [shirt, shoe]);
  expect(found).toEqual([shirt, shoe]);
  expect(unknown).toEqual([]);
});

it('names what it does not know', () => {
  expect(matchProducts('SKU-1, SKU-9\r\nSKU-9', [shirt]).unknown).toEqual(['SKU-9']);
});
