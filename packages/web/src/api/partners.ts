import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { UrlState } from '../url-state.ts';
import { ask } from './ask.ts';
import { askAll } from './ask-all.ts';
import type { Partner, PartnerInput } from './types/partner.ts';

type Meta = { next_cursor: string | null };

/** Partners by name, through the filters of the address, 200 at a time. */
export function partnersQuery({ search, kind, region, active }: UrlState) {
  const query = { search, kind, region, active, limit: 200 };
  return infiniteQueryOptions({
    queryKey: ['partners', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      ask<Partner[], Meta>('/partners', { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ meta }) => meta.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** All partners, to name them by their ids and to know the regions there are. */
export const allPartnersQuery = queryOptions({
  queryKey: ['partners', 'all'],
  queryFn: async ({ signal }) => (await askAll<Partner>('/partners', {}, signal)).rows,
  staleTime: 60_000,
});

export async function createPartner(body: PartnerInput): Promise<Partner> {
  return (await ask<Partner>('/partners', { method: 'POST', body })).data;
}

export async function updatePartner(id: string, body: PartnerInput): Promise<Partner> {
  return (await ask<Partner>(`/partners/${id}`, { method: 'PATCH', body })).data;
}
