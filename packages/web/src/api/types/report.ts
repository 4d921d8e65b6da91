import type { Instant } from './campaign.ts';

/** Null is unknown, or a division by zero. Percentages are percent, ratios are ratios. */
export type Figures = {
  units: number;
  revenue: number;
  profit: number | null;
  /** From 0 to 1. */
  profit_revenue_share: number | null;
  orders: number | null;
  lines: number | null;
  spend: number | null;
  roi: number | null;
  roas: number | null;
  profit_roi: number | null;
  average_order_value: number | null;
};

/** What visits add to them. */
export type VisitFigures = {
  visits: number;
  unique_visitors: number;
  conversions: number | null;
  conversion_rate: number | null;
  cost_per_visit: number | null;
  cost_per_conversion: number | null;
};

/** In percent of what it was. */
export type Change = {
  units: number | null;
  revenue: number | null;
  profit: number | null;
  orders: number | null;
  lines: number | null;
  spend: number | null;
  roas: number | null;
  average_order_value: number | null;
};

export type Compared = { previous?: Figures; change?: Change };

export type ReportMeta = {
  range: { from: Instant | null; to: Instant | null };
  previous_range?: { from: Instant; to: Instant };
  tz: string;
  currency: string;
  model: string;
  model_version: number;
  basis: 'sale' | 'posted';
  as_of: Instant;
  pending_settlements: number;
  other_currencies: string[];
  additive: boolean;
  note?: string;
};

export type LeaderboardRow = Figures &
  Compared & {
    rank: number;
    campaign_id: string;
    name: string;
    platform: string;
    status: string;
    parent_campaign_id: string | null;
    tracking_code: string;
    tier: string;
    currency: string;
  };
export type LeaderboardMeta = ReportMeta & {
  row_count: number;
  /** Everything once; null where sums are not known of several campaigns together. */
  totals: (Figures & Compared & { currency: string }) | null;
};

export type TimelineRow = Figures & {
  start: Instant;
  end: Instant;
  currency: string;
  previous?: (Figures & { start: Instant; end: Instant }) | null;
  change?: Change | null;
};
export type TimelineMeta = ReportMeta & { totals: Figures & Compared & { currency: string } };

export type PlatformRow = Figures &
  Compared & { rank: number; platform: string; tier: string; currency: string };

/** How campaigns do altogether, beside what the shop could have credited. */
export type Performance = Figures & {
  creditable_revenue: number | null;
  attribution_rate: number | null;
  mer: number | null;
};

export type Overview = Performance & {
  tier: string;
  currency: string;
  previous?: Performance;
  change?: Change & { creditable_revenue: number | null; mer: number | null };
  top_campaigns: LeaderboardRow[];
  platforms: PlatformRow[];
};

export type CampaignSummary = Figures &
  Compared & { campaign_id: string; name: string; tier: string; currency: string };

export type CreditedProduct = Pick<
  Figures,
  'units' | 'revenue' | 'profit' | 'profit_revenue_share' | 'orders' | 'lines'
> &
  Compared & {
    rank: number;
    product_id: string | null;
    external_id: string | null;
    sku: string | null;
    name: string | null;
    category: string | null;
    currency: string;
  };

export type CreditedOrder = {
  order_id: string;
  source: string;
  external_id: string;
  order_number: string | null;
  status: string;
  sale_time: Instant;
  units: number;
  revenue: number;
  profit: number | null;
  lines: number;
  currency: string;
};

export type Coverage = {
  total: number | null;
  attributed: number | null;
  unattributed: number | null;
  attribution_rate: number | null;
};

export type Health = {
  items: Coverage;
  revenue: Coverage;
  orders: Coverage;
  overlap: {
    average: number | null;
    distribution: { matched_campaigns: number; lines: number; units: number; revenue: number }[];
  };
  unattributed_products: {
    orders_examined: number;
    since: Instant | null;
    products: {
      product_id: string;
      external_id: string;
      sku: string | null;
      name: string | null;
      units: number;
      revenue: number;
      lines: number;
    }[];
  } | null;
  currency: string;
};

/** Null is unknown, or a division by zero; what customers bought in all is told to who sees the whole shop. */
export type CustomerFigures = {
  customers: number;
  new_customer_revenue: number | null;
  new_customer_orders: number | null;
  spend: number;
  cac: number | null;
  revenue_to_date: number | null;
  orders_to_date: number | null;
  ltv: number | null;
  ltv_to_cac: number | null;
};

export type CustomersRow = CustomerFigures & {
  rank: number;
  /** As in 2026-02; null where a row is for a campaign. */
  month: string | null;
  campaign_id: string | null;
  name: string | null;
  platform: string | null;
  status: string | null;
  currency: string;
  previous?: CustomerFigures;
  change?: { customers: number | null };
};

export type CustomersMeta = ReportMeta & {
  row_count: number;
  totals: CustomerFigures & { currency: string };
};
