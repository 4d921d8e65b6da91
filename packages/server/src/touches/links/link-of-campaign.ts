import { seenCampaigns, trackingUrl, type Utm, type UtmOverrides, utmOf } from '../../campaigns/index.ts';
import { notFound } from '../../vocabulary/errors.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { readUtmTemplate } from './utm-templates.ts';

/** A link of a campaign, in both of its forms. */
export type CampaignLink = {
  campaign_id: string;
  tracking_code: string;
  /** Where it leads, tagged; null where the campaign has no landing page. */
  tracking_url: string | null;
  /** Through this server, which records the click and then leads there. */
  short_url: string;
  utm: Utm;
};

export type LinkQuestion = UtmOverrides & { utm_template_id?: string };

/**
 * The link of a campaign, tagged as its template and the overrides say.
 *
 * @throws not_found for the campaign or the template
 */
export async function linkOfCampaign(
  { db, actor, settings, client }: Pick<RouteContext, 'db' | 'actor' | 'settings' | 'client'>,
  id: string,
  { utm_template_id, ...overrides }: LinkQuestion,
): Promise<CampaignLink> {
  const campaign = await seenCampaigns(db, actor.scope)
    .selectFrom('campaigns')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (campaign === undefined) throw notFound('campaign', id);
  const template = utm_template_id === undefined ? {} : await readUtmTemplate(db, utm_template_id);
  const utm = utmOf(campaign, { ...template, ...overrides });
  const short = new URL(
    `/r/${encodeURIComponent(campaign.tracking_code)}`,
    settings.publicUrl ?? client?.here ?? 'http://localhost',
  );
  const usual = utmOf(campaign);
  for (const name of overridable) {
    const value = utm[name];
    if (value !== undefined && value !== usual[name]) short.searchParams.set(name, value);
  }
  return {
    campaign_id: id,
    tracking_code: campaign.tracking_code,
    tracking_url: trackingUrl(campaign, utm),
    short_url: short.href,
    utm,
  };
}

/** What a short link may say otherwise than its campaign. */
export const overridable = ['utm_source', 'utm_medium', 'utm_content', 'utm_term'] as const;
