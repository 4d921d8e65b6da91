import { queryOptions, useQuery } from '@tanstack/react-query';
import { askAll } from '../api/ask-all.ts';
import type { ListedCampaign } from '../api/types/campaign.ts';

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: ({ signal }) =>
    askAll<ListedCampaign>('/campaigns', { archived: 'all', sort: 'created_at', order: 'asc' }, signal),
  staleTime: 60_000,
  select: ({ rows, complete }) => ({
    rows,
    complete,
    byId: new Map(rows.map((campaign, place) => [campaign.id, { ...campaign, place }])),
  }),
});

/**
 * All campaigns, the archived ones too, loaded once: their names, the tree, and `place`, which gives each a hue. The
 * place is that of its creation, so that a new campaign changes no other's colour.
 */
export function useCampaigns() {
  return useQuery(campaignsQuery);
}
