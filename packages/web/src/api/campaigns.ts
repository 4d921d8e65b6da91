import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './ask.ts';
import { askAll } from './ask-all.ts';
import type {
  AddedTargets,
  Campaign,
  CampaignInput,
  CampaignStatus,
  HistoryEntry,
  Preview,
  SpendEntry,
  Target,
} from './types/campaign.ts';

/** Everything kept of one campaign begins with this key, so that a change of it refreshes all. */
export function campaignKey(id: string): string[] {
  return ['campaign', id];
}

export function campaignQuery(id: string) {
  return queryOptions({
    queryKey: [...campaignKey(id), 'itself'],
    queryFn: async ({ signal }) => (await ask<Campaign>(`/campaigns/${id}`, { signal })).data,
    placeholderData: keepPreviousData,
  });
}

export function targetsQuery(id: string) {
  return queryOptions({
    queryKey: [...campaignKey(id), 'targets'],
    queryFn: ({ signal }) => askAll<Target>(`/campaigns/${id}/products`, {}, signal),
  });
}

export function spendQuery(id: string) {
  return queryOptions({
    queryKey: [...campaignKey(id), 'spend'],
    queryFn: ({ signal }) => askAll<SpendEntry>(`/campaigns/${id}/spend`, {}, signal),
  });
}

export function historyQuery(id: string) {
  return queryOptions({
    queryKey: [...campaignKey(id), 'history'],
    queryFn: ({ signal }) => askAll<HistoryEntry>(`/campaigns/${id}/history`, {}, signal),
  });
}

export async function createCampaign(body: CampaignInput): Promise<Campaign> {
  return (await ask<Campaign>('/campaigns', { method: 'POST', body })).data;
}

export async function changeCampaign(id: string, body: CampaignInput): Promise<Campaign | Preview> {
  return (await ask<Campaign | Preview>(`/campaigns/${id}`, { method: 'PATCH', body })).data;
}

export type StatusChange = {
  status: CampaignStatus;
  effective_at?: string;
  reason?: string;
  dry_run?: boolean;
};

export async function changeStatus(id: string, body: StatusChange): Promise<Campaign | Preview> {
  return (await ask<Campaign | Preview>(`/campaigns/${id}/status`, { method: 'PATCH', body })).data;
}

export async function archiveCampaign(id: string, archived: boolean): Promise<Campaign> {
  const verb = archived ? 'archive' : 'unarchive';
  return (await ask<Campaign>(`/campaigns/${id}/${verb}`, { method: 'PUT', body: {} })).data;
}

export async function deleteCampaign(id: string): Promise<void> {
  await ask(`/campaigns/${id}`, { method: 'DELETE' });
}

export type NewTargets = {
  product_ids?: string[];
  external_ids?: string[];
  effective_from?: string;
  effective_to?: string;
  reason?: string;
  dry_run?: boolean;
};

export async function addTargets(id: string, body: NewTargets): Promise<AddedTargets | Preview> {
  return (await ask<AddedTargets | Preview>(`/campaigns/${id}/products`, { method: 'POST', body })).data;
}

export async function removeTarget(
  id: string,
  targetId: string,
  query: { effective_at?: string; reason?: string; dry_run?: boolean },
): Promise<Target | Preview> {
  const path = `/campaigns/${id}/products/${targetId}`;
  return (await ask<Target | Preview>(path, { method: 'DELETE', query })).data;
}

export type NewSpend = { day: string; amount: string; source?: string; note?: string };

export async function addSpend(id: string, body: NewSpend): Promise<SpendEntry> {
  return (await ask<SpendEntry>(`/campaigns/${id}/spend`, { method: 'POST', body })).data;
}

export function isPreview(answer: object): answer is Preview {
  return 'dry_run' in answer;
}
