import type { Instant } from './campaign.ts';

/** A public key for the pages of a shop. */
export type SiteKey = {
  id: string;
  key: string;
  name: string;
  created_by: string;
  created_at: Instant;
  revoked_at: Instant | null;
};

/** A visit; one that is kept apart says why in `excluded` and has no life. */
export type Visit = {
  visit_id: string;
  session_id: string;
  campaign_id: string | null;
  channel: string;
  excluded: string | null;
  device_type: string | null;
  browser: string | null;
  os: string | null;
  country: string | null;
  city: string | null;
  landing_page: string | null;
  referrer: string | null;
  visited_at: Instant;
  last_activity_at: Instant;
  expires_at: Instant | null;
  /** With its repeats. */
  clicks: number;
  order_ids: string[];
};
