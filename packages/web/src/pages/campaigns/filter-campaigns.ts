import type { ListedCampaign } from '../../api/types/campaign.ts';
import type { UrlState } from '../../url-state.ts';

/** The filters of the list as they stand in the address. */
export const filterNames = ['q', 'status', 'platform', 'type', 'owner', 'archived'] as const;

export function isFiltered(state: UrlState): boolean {
  return filterNames.some((name) => state[name] !== undefined);
}

/** The campaigns that pass the filters of the address; archived ones only when asked for. */
export function filterCampaigns(campaigns: ListedCampaign[], state: UrlState): ListedCampaign[] {
  const { q, status, platform, type, owner, archived } = state;
  const text = q?.trim().toLocaleLowerCase() ?? '';
  return campaigns.filter(
    (campaign) =>
      (archived === 'all' || (campaign.archived_at !== null) === (archived === 'only')) &&
      (status === undefined || campaign.status === status) &&
      (platform === undefined || campaign.platform === platform) &&
      (type === undefined || campaign.campaign_type === type) &&
      (owner === undefined || campaign.owner === owner) &&
      (text === '' ||
        campaign.name.toLocaleLowerCase().includes(text) ||
        campaign.tracking_code.toLocaleLowerCase().includes(text)),
  );
}
