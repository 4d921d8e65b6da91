import { formatMoney } from '../vocabulary/money.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';
import type { LineRow, OrderRow } from './lock-orders.ts';

/** An order as the audit log keeps it: every field that matters, by the name the API gives it. */
export function auditOf(
  order: Omit<OrderRow, 'received_via' | 'revision' | 'created_at' | 'changed_at' | 'updated_at'>,
  lines: LineRow[],
): Record<string, unknown> {
  const money = (minor: bigint | null) => (minor === null ? null : formatMoney(minor, order.currency));
  return {
    order_number: order.order_number,
    customer_id: order.customer_id,
    session_id: order.session_id,
    store: order.store,
    retailer: order.retailer,
    coupon: order.coupon,
    utm: inOrder(order.utm),
    click_ids: inOrder(order.click_ids),
    reported_campaign: order.reported_campaign,
    currency: order.currency,
    ordered_at: order.ordered_at,
    status: order.status,
    prices_include_tax: order.prices_include_tax,
    shipping: money(order.shipping_minor),
    tax: money(order.tax_minor),
    discount: money(order.discount_minor),
    total: money(order.total_minor),
    product_count: order.product_count_e4 === null ? null : formatQuantity(order.product_count_e4),
    lines: lines.map((line) => ({
      line_no: line.line_no,
      external_id: line.external_id,
      product_id: line.product_id,
      batch: line.batch,
      quantity: formatQuantity(line.quantity_e4),
      unit_price: money(line.unit_price_minor),
      discount: money(line.discount_minor),
      unit_cost: money(line.unit_cost_minor),
    })),
  };
}

/** The fields that differ, before and after; undefined when none does. */
export function differences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): { before: Record<string, unknown>; after: Record<string, unknown> } | undefined {
  const changed = Object.keys(after).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (changed.length === 0) return undefined;
  const only = (all: Record<string, unknown>) => Object.fromEntries(changed.map((key) => [key, all[key]]));
  return { before: only(before), after: only(after) };
}

// jsonb gives keys back in an order of its own.
function inOrder(labels: unknown): unknown {
  if (labels === null) return null;
  return Object.fromEntries(Object.entries(labels as object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
