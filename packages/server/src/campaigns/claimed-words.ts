import type { CampaignRow } from './campaign.ts';

/** What a source may call a campaign by when it claims an order for it; as `resolveCampaigns` reads it. */
export function claimedWords({ id, name, tracking_code, metadata }: CampaignRow): string[] {
  const { external_id } = (metadata ?? {}) as { external_id?: unknown };
  return [id, name, tracking_code, ...(typeof external_id === 'string' ? [external_id] : [])];
}
