import type { ListedCampaign } from '../../api/types/campaign.ts';
import type { Figures, LeaderboardRow } from '../../api/types/report.ts';

export type CampaignWithFigures = ListedCampaign & { figures: Partial<Figures> };

/** Campaigns beside their figures in the range; those with neither credit nor spend in it have none. */
export function withFigures(campaigns: ListedCampaign[], rows: LeaderboardRow[]): CampaignWithFigures[] {
  const byId = new Map(rows.map((row) => [row.campaign_id, row]));
  return campaigns.map((campaign) => ({ ...campaign, figures: byId.get(campaign.id) ?? {} }));
}
