import type { Instant, Period } from './campaign.ts';

export const orderStatuses = [
  'pending',
  'confirmed',
  'processing',
  'delivered',
  'completed',
  'cancelled',
  'refunded',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export type OrderLine = {
  line_no: number;
  external_id: string | null;
  product_id: string;
  product: { external_id: string; name: string | null };
  batch: string | null;
  quantity: number;
  unit_price: number;
  gross: number;
  discount: number;
  order_discount_share: number;
  net: number;
  tax: number;
  refunded: number;
  refunded_quantity: number;
  unit_cost: number | null;
  unit_cost_given_by: 'line' | 'batch' | 'product' | null;
};

export type Refund = {
  id: string;
  order_id: string;
  external_id: string;
  refunded_at: Instant;
  reason: string | null;
  lines: {
    line_no: number | null;
    line_external_id: string | null;
    quantity: number | null;
    amount: number | null;
  }[];
  amount: number;
  refunded: number;
};

export type Order = {
  id: string;
  source: string;
  external_id: string;
  received_via: string;
  order_number: string | null;
  status: OrderStatus;
  currency: string;
  ordered_at: Instant;
  updated_at: Instant | null;
  customer: { id: string; external_id: string; email: string | null; name: string | null } | null;
  session_id: string | null;
  store: string | null;
  retailer: string | null;
  coupon: string | null;
  utm: Record<string, string> | null;
  reported_campaign: string | null;
  prices_include_tax: boolean;
  lines: OrderLine[];
  shipping: number;
  tax: number;
  discount: number;
  total: number;
  refunded: number;
  net_total: number;
  product_count: number | null;
  refunds: Refund[];
  settlement: {
    status: 'pending' | 'settled' | 'failed' | 'off';
    settled_at: Instant | null;
    error?: string;
  };
};

export type CreditEntry = {
  id: string;
  order_id: string;
  line_no: number;
  campaign_id: string;
  campaign_name: string;
  model: string;
  model_version: number;
  kind: 'credit' | 'reversal' | 'refund' | 'correction';
  currency: string;
  quantity: number;
  revenue: number;
  profit: number | null;
  sale_time: Instant;
  posted_at: Instant;
  matched_count: number;
  reason: string;
  run: string | null;
};

export type Candidate = {
  campaign_id: string;
  name: string;
  platform: string;
  status: string;
  credited: boolean;
  code: string;
  reason: string;
  running_periods: Period[];
  target_periods: Period[];
};

export type Share = {
  model: string;
  model_version: number;
  additive: boolean;
  arithmetic: string;
  credits: { campaign_id: string; quantity: number; revenue: number; profit: number | null }[];
};

export type ExplainedLine = {
  line_no: number;
  product_id: string;
  quantity: number;
  revenue: number;
  profit: number | null;
  candidates: Candidate[];
  shares: Share[];
};

/** Something the buyer did with a campaign before the sale. */
export type ExplainedTouch = {
  touch_id: string;
  kind: 'visit' | 'email_click' | 'email_open';
  campaign_id: string | null;
  name: string;
  channel: string;
  session_id: string | null;
  touched_at: Instant;
  last_activity_at: Instant | null;
  expires_at: Instant | null;
  code: string;
  reason: string;
  credited_by: string[];
  shares: TouchShare[];
};

/** What a touch brought of an order under a model; line 0 stands for shipping and tax. */
export type TouchShare = {
  model: string;
  model_version: number;
  weight_percent: number;
  revenue: number;
  lines: { line_no: number; revenue: number }[];
};

export type ExplainedPath = { touches: ExplainedTouch[]; shares: Share[] };

export type Explanation = {
  order_id: string;
  status: string;
  currency: string;
  sale_time: Instant;
  summary: string;
  lines: ExplainedLine[];
  path: ExplainedPath;
  entries: CreditEntry[];
};

export type Customer = {
  id: string;
  source: string;
  external_id: string;
  email: string | null;
  name: string | null;
};

export type Product = {
  id: string;
  source: string;
  external_id: string;
  sku: string | null;
  name: string | null;
  category: string | null;
  cost: number | null;
  currency: string | null;
  costs: { unit_cost: number; currency: string; from: Instant | null; to: Instant | null }[];
  batches: { batch: string; unit_cost: number; currency: string }[];
};

export type DebuggedSale = {
  product_id: string;
  sale_time: Instant;
  currency: string;
  matched_count: number;
  candidates: Candidate[];
  shares: Share[];
};
