import type { Json, Once, Range } from './column-types.ts';

/** What is promoted, when and at what cost. */
export interface CampaignTables {
  campaigns: {
    id: Once<string>;
    parent_campaign_id: string | null;
    name: string;
    description: string | null;
    objective: string | null;
    platform: string;
    campaign_type: string;
    post_url: string | null;
    landing_url: string | null;
    tracking_code: string;
    starts_at: Date;
    ends_at: Date | null;
    budget_type: 'daily' | 'lifetime' | null;
    budget_amount_minor: bigint | null;
    currency: string;
    owner: string | null;
    call_to_action: string | null;
    socials: Json;
    targeting: Json;
    notes: string | null;
    metadata: Json;
    status: 'draft' | 'running' | 'paused' | 'ended';
    ended_at: Date | null;
    archived_at: Date | null;
    channel: string | null;
    created_by: Once<string>;
    updated_by: string;
    created_at: Once<Date>;
    updated_at: Date;
  };
  campaign_running_periods: {
    id: Once<string>;
    campaign_id: Once<string>;
    period: Range;
  };
  campaign_targets: {
    id: Once<string>;
    campaign_id: Once<string>;
    product_id: Once<string>;
    period: Range;
    created_by: Once<string>;
    created_at: Once<Date>;
    removed_by: string | null;
    removed_at: Date | null;
  };
  campaign_spend: {
    id: Once<string>;
    campaign_id: Once<string>;
    day: Once<string>;
    currency: Once<string>;
    amount_minor: Once<bigint>;
    source: Once<string>;
    kind: Once<'entry' | 'correction'>;
    note: Once<string | null>;
    created_by: Once<string>;
    created_at: Once<Date>;
  };
}
