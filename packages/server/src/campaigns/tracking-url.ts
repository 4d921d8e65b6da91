import type { CampaignRow } from './campaign.ts';

/** The UTM parameters of a link; utm_campaign is always the tracking code. */
export type Utm = {
  utm_source: string;
  utm_medium: string;
  utm_campaign: string;
  utm_content?: string;
  utm_term?: string;
};

/** What a link says in place of what it would by itself. */
export type UtmOverrides = { [name in Exclude<keyof Utm, 'utm_campaign'>]?: string | null };

type Linked = Pick<CampaignRow, 'name' | 'platform' | 'campaign_type' | 'tracking_code' | 'landing_url'>;

/**
 * What the links of a campaign say of where their visitors come from. An override may name the campaign by
 * `{platform}`, `{type}`, `{name}` and `{code}`; one that is null is left out, but for source and medium.
 */
export function utmOf(campaign: Linked, overrides: UtmOverrides = {}): Utm {
  const words: Record<string, string> = {
    platform: campaign.platform,
    type: campaign.campaign_type,
    name: slugOf(campaign.name),
    code: campaign.tracking_code,
  };
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
  const said = (given: string | null | undefined, otherwise: string | undefined) =>
    given === undefined ? otherwise : given === null ? undefined : filled(given);
  const content = said(overrides.utm_content, slugOf(campaign.name));
  const term = said(overrides.utm_term, undefined);
  return {
    utm_source: said(overrides.utm_source ?? undefined, campaign.platform)!,
    utm_medium: said(overrides.utm_medium ?? undefined, mediumOf(campaign))!,
    utm_campaign: campaign.tracking_code,
    ...(content === undefined ? {} : { utm_content: content }),
    ...(term === undefined ? {} : { utm_term: term }),
  };
}

/** The landing page with the parameters in its query, in place of those it had; null where nobody said where to land. */
export function trackingUrl(campaign: Linked, utm: Utm = utmOf(campaign)): string | null {
  if (campaign.landing_url === null) return null;
  const url = new URL(campaign.landing_url);
  for (const [name, value] of Object.entries(utm)) url.searchParams.set(name, value);
  return url.href;
}

function mediumOf({ platform, campaign_type }: Linked): string {
  const medium = mediums[platform];
  if (medium !== undefined) return medium;
  const isAd = campaign_type === 'ad';
  return platform === 'google' ? (isAd ? 'cpc' : 'organic') : isAd ? 'paid_social' : 'social';
}

const mediums: Record<string, string> = {
  email: 'email',
  sms: 'sms',
  affiliate: 'affiliate',
  influencer: 'influencer',
  offline: 'offline',
  multi: 'campaign',
  other: 'campaign',
};

/** `Summer Dress Reel` as it stands in a link: `summer-dress-reel`. */
function slugOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== '').join('-');
}
