import { useQueries } from '@tanstack/react-query';
import type { NavigateOptions } from '@tanstack/react-router';
import { ask } from '../api/ask.ts';
import type { ListedCampaign } from '../api/types/campaign.ts';
import type { Customer, Order, Product } from '../api/types/order.ts';
import { formatMoney } from '../format/money.ts';
import { paths } from '../paths.ts';

export type Found = { address: string; label: string; note: string; link: NavigateOptions };

/** What is found under each heading, for those headings that the reader may see. */
export function useFound(text: string, permissions: string[]) {
  const asked = sources.filter(({ needs }) => permissions.includes(needs));
  const results = useQueries({
    queries: asked.map(({ title, search }) => ({
      queryKey: ['search', title, text],
      queryFn: ({ signal }: { signal: AbortSignal }) => search(text, signal),
      enabled: text !== '',
    })),
  });
  return {
    searching: results.some(({ isFetching }) => isFetching),
    groups: asked
      .map(({ title }, place) => ({ title, found: results[place]?.data ?? [] }))
      .filter(({ found }) => found.length > 0),
  };
}

type Source = {
  title: string;
  needs: string;
  search: (text: string, signal: AbortSignal) => Promise<Found[]>;
};

const sources: Source[] = [
  {
    title: 'Campaigns',
    needs: 'campaigns:read',
    search: async (text, signal) =>
      (await found<ListedCampaign>('/campaigns', { search: text, archived: 'all' }, signal)).map(
        ({ id, name, platform, status, tracking_code }) => ({
          address: `campaign ${id}`,
          label: name,
          note: `${platform} · ${status} · ${tracking_code}`,
          link: { to: paths.campaign, params: { campaignId: id } },
        }),
      ),
  },
  {
    title: 'Orders',
    needs: 'orders:read',
    search: async (text, signal) =>
      (await found<Order>('/orders', { search: text }, signal)).map((order) => ({
        address: `order ${order.id}`,
        label: order.order_number ?? order.external_id,
        note: `${formatMoney(order.total, order.currency)} · ${order.status} · ${order.source}`,
        link: { to: paths.order, params: { orderId: order.id } },
      })),
  },
  {
    title: 'Products',
    needs: 'products:read',
    search: async (text, signal) =>
      (await found<Product>('/products', { search: text }, signal)).map((product) => ({
        address: `product ${product.id}`,
        label: product.name ?? product.external_id,
        note: [product.sku ?? product.external_id, product.category].filter(Boolean).join(' · '),
        link: { to: paths.product, params: { productId: product.id } },
      })),
  },
  {
    title: 'Customers',
    needs: 'customers:read',
    search: async (text, signal) =>
      (await found<Customer>('/customers', { search: text }, signal)).map((customer) => ({
        address: `customer ${customer.id}`,
        label: customer.name ?? customer.email ?? customer.external_id,
        note: 'Their orders',
        link: { to: paths.orders, search: { customer_id: customer.id } },
      })),
  },
];

async function found<Row>(path: string, query: Record<string, string>, signal: AbortSignal): Promise<Row[]> {
  return (await ask<Row[]>(path, { query: { ...query, limit: 5 }, signal })).data;
}
