/** What stands in a link of where its visitors come from. */
export type UtmTags = {
  utm_source?: string;
  utm_medium?: string;
  utm_content?: string;
  utm_term?: string;
};

export type CampaignLink = {
  campaign_id: string;
  tracking_code: string;
  /** Null where the campaign has no landing page. */
  tracking_url: string | null;
  short_url: string;
  utm: UtmTags & { utm_campaign: string };
};

export type UtmTemplate = { id: string; name: string } & { [name in keyof UtmTags]-?: string | null };
