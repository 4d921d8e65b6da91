import type { Instant } from './campaign.ts';

export const partnerKinds = ['retailer', 'brand', 'advertiser'] as const;
export type PartnerKind = (typeof partnerKinds)[number];

export type Partner = {
  id: string;
  kind: PartnerKind;
  name: string;
  email: string | null;
  region: string | null;
  active: boolean;
  /** Other spellings and ids by which orders and other systems name it. */
  aliases: string[];
  created_at: Instant;
  updated_at: Instant;
};

/** What may be sent of a partner; null empties a field. The kind is given once, when it is made. */
export type PartnerInput = {
  kind?: PartnerKind;
  name?: string;
  email?: string | null;
  region?: string | null;
  active?: boolean;
  aliases?: string[];
};
