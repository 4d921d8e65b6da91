import { queryOptions } from '@tanstack/react-query';
import { ask } from './ask.ts';
import type { SiteKey } from './types/tracking.ts';

export const siteKeysQuery = queryOptions({
  queryKey: ['site-keys'],
  queryFn: async ({ signal }) => (await ask<SiteKey[]>('/site-keys', { signal })).data,
});

export async function createSiteKey(name: string): Promise<SiteKey> {
  return (await ask<SiteKey>('/site-keys', { method: 'POST', body: { name } })).data;
}

export async function revokeSiteKey(id: string): Promise<SiteKey> {
  return (await ask<SiteKey>(`/site-keys/${id}`, { method: 'DELETE' })).data;
}
