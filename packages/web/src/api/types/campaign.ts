/** ISO 8601 with an offset. */
export type Instant = string;
/** `2026-03-01` */
export type CalendarDay = string;

export type CampaignStatus = 'draft' | 'running' | 'paused' | 'ended';
export const campaignStatuses = ['running', 'paused', 'draft', 'ended'] as const;

export const platforms = [
  'facebook',
  'instagram',
  'google',
  'tiktok',
  'youtube',
  'x',
  'linkedin',
  'pinterest',
  'snapchat',
  'reddit',
  'email',
  'sms',
  'affiliate',
  'influencer',
  'offline',
  'multi',
  'other',
] as const;

export const campaignTypes = [
  'campaign',
  'ad',
  'post',
  'reel',
  'story',
  'video',
  'email',
  'placement',
  'other',
] as const;

export type Period = { from: Instant; to: Instant | null };

/** Amounts are decimals of `currency`. */
export type ListedCampaign = {
  id: string;
  parent_campaign_id: string | null;
  name: string;
  description: string | null;
  objective: string | null;
  platform: string;
  campaign_type: string;
  post_url: string | null;
  landing_url: string | null;
  tracking_code: string;
  starts_at: Instant;
  ends_at: Instant | null;
  budget_type: 'daily' | 'lifetime' | null;
  budget_amount: number | null;
  currency: string;
  owner: string | null;
  call_to_action: string | null;
  notes: string | null;
  status: CampaignStatus;
  ended_at: Instant | null;
  archived_at: Instant | null;
  created_by: string;
  updated_by: string;
  created_at: Instant;
  updated_at: Instant;
  children_count: number;
  spend_to_date: number;
  spend_in_other_currencies: { currency: string; amount: number }[];
};

export type Campaign = ListedCampaign & { running_periods: Period[] };

/** What may be sent of a campaign; null empties a field. */
export type CampaignInput = {
  name?: string;
  description?: string | null;
  objective?: string | null;
  platform?: string;
  campaign_type?: string;
  parent_campaign_id?: string | null;
  landing_url?: string | null;
  post_url?: string | null;
  tracking_code?: string | null;
  starts_at?: Instant | null;
  ends_at?: Instant | null;
  budget_type?: 'daily' | 'lifetime' | null;
  budget_amount?: string | null;
  currency?: string;
  owner?: string | null;
  call_to_action?: string | null;
  notes?: string | null;
  activate?: boolean;
  cost?: string | null;
  reason?: string | null;
  dry_run?: boolean;
};

/** What a change of history would move; nothing has been changed. */
export type Preview = {
  dry_run: true;
  would: { orders: number; moved: Moved[] };
};
export type Moved = {
  model: string;
  currency: string;
  /** Sum of the absolute differences. */
  revenue: number;
  campaigns: { campaign_id: string; before: number; after: number }[];
};

export type Target = {
  id: string;
  campaign_id: string;
  product_id: string;
  external_id: string;
  sku: string | null;
  name: string | null;
  effective_from: Instant;
  effective_to: Instant | null;
  /** In force or still to come. */
  active: boolean;
};

export type AddedTargets = {
  added: Target[];
  skipped: { product_id: string; external_id: string; target_id: string; reason: string }[];
};

export type SpendEntry = {
  id: string;
  campaign_id: string;
  day: CalendarDay;
  currency: string;
  amount: number;
  source: string;
  kind: 'entry' | 'correction';
  note: string | null;
  created_by: string;
  created_at: Instant;
};

export type HistoryEntry = {
  id: string;
  at: Instant;
  actor: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  before: unknown;
  after: unknown;
  reason: string | null;
  summary: string;
};
