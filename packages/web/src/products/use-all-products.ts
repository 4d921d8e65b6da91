import { queryOptions, useQuery } from '@tanstack/react-query';
import { askAll } from '../api/ask-all.ts';
import type { Product } from '../api/types/order.ts';

const allProductsQuery = queryOptions({
  queryKey: ['products', 'all'],
  queryFn: ({ signal }) => askAll<Product>('/products', {}, signal),
  staleTime: 60_000,
});

/** The catalogue, up to 10,000 products, to choose from. */
export function useAllProducts() {
  return useQuery(allProductsQuery);
}

/** The products that are named by SKU, external id or name, one a line or with commas between, and what is none. */
export function matchProducts(text: string, products: Product[]): { found: Product[]; unknown: string[] } {
  const byName = new Map<string, Product>();
  for (const product of products) {
    for (const name of [product.name, product.external_id, product.sku]) {
      if (name !== null) byName.set(name.trim().toLowerCase(), product);
    }
  }
  const given = new Set(
    text
      .split(/[\n,;\t]/)
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  );
  const found = new Map<string, Product>();
  const unknown: string[] = [];
  for (const each of given) {
    const product = byName.get(each.toLowerCase());
    if (product === undefined) unknown.push(each);
    else found.set(product.id, product);
  }
  return { found: [...found.values()], unknown };
}
