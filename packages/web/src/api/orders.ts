import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Question } from '../question/use-question.ts';
import { endOfDay, startOfDay } from '../question/zoned-days.ts';
import type { UrlState } from '../url-state.ts';
import { ask } from './ask.ts';
import type { DebuggedSale, Explanation, Order, Product } from './types/order.ts';

type Page<Row> = { data: Row[]; meta: { next_cursor: string | null } };

/** Orders of the days that are asked for, through the filters of the address, 200 at a time. */
export function ordersQuery({ from, to, tz }: Question, state: UrlState) {
  const { status, search, source, customer_id, product_id } = state;
  const query = {
    from: startOfDay(from, tz),
    to: endOfDay(to, tz),
    status,
    search,
    source,
    customer_id,
    product_id,
    limit: 200,
  };
  return infiniteQueryOptions({
    queryKey: ['orders', query],
    queryFn: async ({ pageParam, signal }): Promise<Page<Order>> =>
      ask<Order[], Page<Order>['meta']>('/orders', { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ meta }) => meta.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function orderQuery(id: string) {
  return queryOptions({
    queryKey: ['order', id],
    queryFn: async ({ signal }) => (await ask<Order>(`/orders/${id}`, { signal })).data,
    // While it waits to be settled its credit is about to change.
    refetchInterval: ({ state }) => (state.data?.settlement.status === 'pending' ? 1500 : false),
  });
}

export function explanationQuery(id: string, settledAt: string | null | undefined) {
  return queryOptions({
    queryKey: ['order', id, 'explanation', settledAt],
    queryFn: async ({ signal }) => (await ask<Explanation>(`/orders/${id}/explain`, { signal })).data,
    placeholderData: keepPreviousData,
  });
}

export function productsQuery(search: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['products', search],
    queryFn: async ({ pageParam, signal }): Promise<Page<Product>> =>
      ask<Product[], Page<Product>['meta']>('/products', {
        query: { search, limit: 200, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ meta }) => meta.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function productQuery(id: string) {
  return queryOptions({
    queryKey: ['product', id],
    queryFn: async ({ signal }) => (await ask<Product>(`/products/${id}`, { signal })).data,
  });
}

/** Which campaigns would match a sale of the product at the moment. */
export function debugQuery(product_id: string, sale_time: string, currency: string) {
  return queryOptions({
    queryKey: ['debug', product_id, sale_time, currency],
    queryFn: async ({ signal }) =>
      (
        await ask<DebuggedSale>('/admin/debug-attribution', {
          query: { product_id, sale_time, currency },
          signal,
        })
      ).data,
    placeholderData: keepPreviousData,
  });
}
