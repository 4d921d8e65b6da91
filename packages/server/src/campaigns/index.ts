/** The door of the room that holds campaigns: what was promoted, when, for which products, at what cost. */
export { archiveCampaign } from './archive-campaign.ts';
export type { Status } from './campaign.ts';
export { platforms, statuses } from './campaign-fields.ts';
export { createCampaign } from './create-campaign.ts';
export { effectiveStatus } from './effective-status.ts';
export { changeStatus } from './lifecycle/change-status.ts';
export { type CampaignHistory, readCampaignHistories } from './read-campaign-histories.ts';
export { readTargets } from './read-periods.ts';
export { type ResolvedCampaign, resolveCampaigns } from './resolve-campaigns.ts';
export { routes } from './routes.ts';
export { refuseUnseen, seenCampaignIds, seenCampaigns } from './seen-campaigns.ts';
export { recordSpend } from './spend/record-spend.ts';
export { otherCurrenciesSpent, sumSpend, sumSpendOver } from './spend/sum-spend.ts';
export { addTargets } from './targets/add-targets.ts';
export { removeTarget } from './targets/remove-target.ts';
export { trackingUrl, type Utm, type UtmOverrides, utmOf } from './tracking-url.ts';
