import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './ask.ts';
import type { SiteKey, Visit } from './types/tracking.ts';

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

/** The visits seen in the last minutes, asked again every few seconds. */
export function activeVisitsQuery(minutes: number) {
  return queryOptions({
    queryKey: ['active-visits', minutes],
    queryFn: ({ signal }) =>
      ask<Visit[], { count: number; since: string }>('/visits/active', {
        query: { minutes, limit: 500 },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 5000,
  });
}

type VisitNarrowing = { from: string; to: string; tz: string; include_children: boolean };

/** The visits of a campaign, the latest first, a page at a time. */
export function visitsQuery(campaignId: string, narrowing: VisitNarrowing) {
  return infiniteQueryOptions({
    queryKey: ['campaign', campaignId, 'visits', narrowing],
    queryFn: ({ signal, pageParam }) =>
      ask<Visit[], { next_cursor: string | null }>(`/campaigns/${campaignId}/visits`, {
        query: { ...narrowing, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ meta }) => meta.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}
