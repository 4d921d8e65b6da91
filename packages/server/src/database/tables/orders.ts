import type { Json, Once } from './column-types.ts';

/** What was sold, to whom, and what came back. */
export interface OrderTables {
  customers: {
    id: Once<string>;
    source: Once<string>;
    external_id: Once<string>;
    email: string | null;
    erased_at: Date | null;
    email_hash: Buffer | null;
    name: string | null;
    created_at: Once<Date>;
    updated_at: Date;
  };
  orders: {
    id: Once<string>;
    source: Once<string>;
    external_id: Once<string>;
    received_via: string;
    order_number: string | null;
    customer_id: string | null;
    session_id: string | null;
    store: string | null;
    retailer: string | null;
    coupon: string | null;
    utm: Json;
    click_ids: Json;
    reported_campaign: string | null;
    currency: string;
    ordered_at: Date;
    updated_at: Date | null;
    status: string;
    prices_include_tax: boolean;
    shipping_minor: bigint;
    tax_minor: bigint;
    discount_minor: bigint;
    total_minor: bigint | null;
    product_count_e4: bigint | null;
    payload_hash: Buffer;
    revision: number;
    created_at: Once<Date>;
    changed_at: Date;
  };
  order_lines: {
    order_id: string;
    line_no: number;
    external_id: string | null;
    product_id: string;
    batch: string | null;
    quantity_e4: bigint;
    unit_price_minor: bigint;
    discount_minor: bigint;
    unit_cost_minor: bigint | null;
  };
  refunds: {
    order_id: string;
    external_id: string;
    refunded_at: Date;
    amount_minor: bigint | null;
    shipping_minor: bigint | null;
    tax_minor: bigint | null;
    reason: string | null;
    payload_hash: Buffer;
    created_at: Date;
  };
  refund_lines: {
    order_id: string;
    refund_external_id: string;
    position: number;
    line_no: number | null;
    line_external_id: string | null;
    quantity_e4: bigint | null;
    amount_minor: bigint | null;
  };
  refund_totals: {
    order_id: Once<string>;
    refunded_minor: bigint;
  };
  conversions: {
    id: Once<string>;
    source: Once<string>;
    external_id: Once<string>;
    received_via: string;
    kind: 'sale' | 'lead' | 'signup' | 'demo_request';
    value_minor: bigint | null;
    currency: string;
    converted_at: Date;
    updated_at: Date | null;
    withdrawn: boolean;
    product_category: string | null;
    campaign_id: string | null;
    reported_campaign: string | null;
    retailer: string | null;
    send_id: string | null;
    customer_id: string | null;
    order_id: string | null;
    names_order: boolean;
    payload_hash: Buffer;
    created_at: Once<Date>;
    changed_at: Date;
  };
}
