import type { Instant } from './campaign.ts';
import type { Change, Figures, VisitFigures } from './report.ts';

/** Visits by a kind, with the orders they led to; `share` is percent of all visits. */
export type VisitShare = { visits: number; share: number; conversions: number; revenue: number };

type WholeFigures = Figures & Omit<VisitFigures, 'visits'> & { total_visits: number };

export type Analytics = WholeFigures & {
  campaign_id: string;
  name: string;
  tier: string;
  currency: string;
  kept_apart: { bot: number; own_traffic: number; impossible_rate: number };
  devices: (VisitShare & { device_type: string | null })[];
  countries: (VisitShare & { country: string | null })[];
  channels: (VisitShare & { channel: string | null })[];
  previous?: WholeFigures;
  change?: Change & {
    total_visits: number | null;
    unique_visitors: number | null;
    conversions: number | null;
    cost_per_visit: number | null;
    cost_per_conversion: number | null;
  };
};

export type VisitTimelineRow = Figures & VisitFigures & { start: Instant; end: Instant; currency: string };

/** How a campaign converts beside others; null where there is nothing to test. */
export type ComparedCampaign = Figures &
  VisitFigures & {
    campaign_id: string;
    name: string;
    platform: string;
    currency: string;
    is_leader: boolean;
    /** From 0 to 1. */
    chance_to_be_best: number | null;
    /** How far the leader lies above, in percentage points, and the ends of its 95 % interval. */
    difference: number | null;
    difference_from: number | null;
    difference_to: number | null;
    p_value: number | null;
    more_visits_each: number | null;
  };

export type CampaignComparison = {
  decided: boolean;
  leader_campaign_id: string | null;
  verdict: string;
  campaigns: ComparedCampaign[];
};

type Quartiles = { q1: number; median: number; q3: number };

export type ConversionPath = {
  rank: number;
  touches: number;
  conversions: number;
  share: number | null;
  revenue: number | null;
  currency: string;
  median_seconds_from_first: number;
  median_seconds_from_last: number;
  steps: { campaign_id: string; name: string }[];
};

export type PathSummary = {
  conversions: number;
  without_path: number;
  paths: number;
  touches: Quartiles | null;
  seconds_from_first: Quartiles | null;
  seconds_from_last: Quartiles | null;
};

export type OverlappingPair = {
  rank: number;
  campaign_id: string;
  name: string;
  other_campaign_id: string;
  other_name: string;
  orders: number;
  campaign_orders: number;
  other_orders: number;
  share_of_campaign: number | null;
  share_of_other: number | null;
};

/** An order that a campaign is credited with, and how it came to it. Seconds are order time − touch. */
export type Conversion = {
  order_id: string;
  external_id: string;
  order_number: string | null;
  status: string;
  sale_time: Instant;
  revenue: number;
  profit: number | null;
  currency: string;
  touches: number;
  first_touch_at: Instant | null;
  last_touch_at: Instant | null;
  seconds_from_first: number | null;
  seconds_from_last: number | null;
};
