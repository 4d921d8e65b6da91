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
