/** Sums that follow from the rest. */
export interface RollupTables {
  credit_rollups: {
    model_version_id: string;
    basis: 'sale' | 'posted';
    grain: 'day' | 'quarter';
    subject_kind: string;
    subject: string;
    currency: string;
    bucket: Date;
    units_e4: bigint;
    revenue_minor: bigint;
    profit_minor: bigint;
    known_cost_revenue_minor: bigint;
    orders: bigint;
    lines: bigint;
    order_share_e9: bigint;
  };
  customer_orders: {
    person_id: string;
    model_version_id: string;
    order_id: string;
    sale_time: Date;
    currency: string;
    revenue_minor: bigint;
    campaign_id: string | null;
    is_first: boolean;
    is_acquiring: boolean;
  };
  acquisition_rollups: {
    model_version_id: string;
    currency: string;
    bucket: Date;
    campaign_id: string;
    customers: bigint;
    orders: bigint;
    revenue_minor: bigint;
    new_orders: bigint;
    new_revenue_minor: bigint;
  };
  visit_rollups: {
    campaign_id: string;
    dimension: 'visits' | 'kept_apart' | 'device' | 'country' | 'channel';
    grain: 'day' | 'quarter';
    bucket: Date;
    value: string;
    visits: bigint;
  };
  visitors: {
    name: string;
    number: number;
  };
  returning_visits: {
    campaign_id: string;
    visited_at: Date;
    id: string;
    visitor: number;
  };
  visits_summed: {
    id: boolean;
    until: Date | null;
  };
  visit_changes: {
    id: bigint;
    campaign_id: string;
    bucket: Date;
  };
  email_rollups: {
    grain: 'day' | 'quarter';
    email_campaign_id: string;
    partner_id: string;
    bucket: Date;
    sent: bigint;
    delivered: bigint;
    opened: bigint;
    clicked: bigint;
    machine_opened: bigint;
    machine_clicked: bigint;
    bounced: bigint;
    failed: bigint;
    complained: bigint;
    unsubscribed: bigint;
  };
}
