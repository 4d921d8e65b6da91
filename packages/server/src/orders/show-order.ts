import { z } from 'zod';
import { type ProductCosts, unitCostOf } from '../products/index.ts';
import { formatMoney, type Minor, priceOf } from '../vocabulary/money.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';
import { orderStatuses } from './order-input.ts';
import type { OrderFacts } from './read-order-facts.ts';
import { type Settlement, settlementData } from './read-settlement.ts';
import { refundData, showRefund } from './show-refund.ts';
import { type OrderValue, valueOrder } from './value-order.ts';

const money = z.number();
const ofTheWhole = money.nullable();
const text = z.string().nullable();
const labels = z.record(z.string(), z.string()).nullable();
const instant = z.iso.datetime();

const lineData = z.object({
  line_no: z.int(),
  external_id: text,
  product_id: z.uuid(),
  product: z.object({ external_id: z.string(), name: text }),
  batch: text,
  quantity: z.number(),
  unit_price: money,
  gross: money.meta({ description: 'quantity × unit_price, rounded once.' }),
  discount: money,
  order_discount_share: money,
  net: money.meta({ description: 'After all discounts, before refunds.' }),
  tax: money.meta({ description: 'Contained in the net; 0 where tax comes on top.' }),
  refunded: money,
  refunded_quantity: z.number(),
  unit_cost: money.nullable(),
  unit_cost_given_by: z.enum(['line', 'batch', 'product']).nullable(),
});

/** An order as the API shows it. */
export const orderData = z.object({
  id: z.uuid(),
  source: z.string(),
  external_id: z.string(),
  received_via: z.string(),
  order_number: text,
  status: z.enum(orderStatuses),
  currency: z.string(),
  ordered_at: instant,
  updated_at: instant.nullable(),
  customer: z.object({ id: z.uuid(), external_id: z.string(), email: text, name: text }).nullable(),
  session_id: text,
  store: text,
  retailer: text,
  coupon: text,
  utm: labels,
  click_ids: labels,
  reported_campaign: text,
  prices_include_tax: z.boolean(),
  lines: z.array(lineData),
  shipping: ofTheWhole,
  tax: ofTheWhole,
  discount: ofTheWhole,
  total: ofTheWhole.meta({
    description:
      'What it was sold for: lines, shipping, and tax where it comes on top. Null, like the other amounts of the whole order, to who sees some of its lines.',
  }),
  refunded: ofTheWhole,
  net_total: ofTheWhole.meta({ description: 'What is left of the total after refunds.' }),
  product_count: z.number().nullable(),
  refunds: z.array(refundData),
  settlement: settlementData,
});

/** The reply to recording an order: it names its last touch, before its credit is settled. */
export const recordedOrderData = orderData.extend({
  campaign_id: z.uuid().nullable().meta({ description: 'The campaign of its last touch' }),
  visit_id: z.uuid().nullable().meta({ description: 'The visit that was its last touch' }),
});
export type OrderData = z.output<typeof orderData>;

/** What is looked up beside an order to show it. */
export type Surroundings = {
  customer: OrderData['customer'];
  products: Map<string, OrderData['lines'][number]['product']>;
  costs: Map<string, ProductCosts>;
  settlement: Settlement;
};

export function showOrder(facts: OrderFacts, around: Surroundings): OrderData {
  const { order } = facts;
  const sold = valueOrder(order, facts.lines, []);
  const left = valueOrder(order, facts.lines, facts.refunds);
  const amount = (minor: Minor) => formatMoney(minor, order.currency);
  const known = facts.lines.length > 0 || order.product_count_e4 !== null;
  return {
    id: order.id,
    source: order.source,
    external_id: order.external_id,
    received_via: order.received_via,
    order_number: order.order_number,
    status: order.status as OrderData['status'],
    currency: order.currency,
    ordered_at: order.ordered_at.toISOString(),
    updated_at: order.updated_at?.toISOString() ?? null,
    customer: around.customer,
    session_id: order.session_id,
    store: order.store,
    retailer: order.retailer,
    coupon: order.coupon,
    utm: order.utm as OrderData['utm'],
    click_ids: order.click_ids as OrderData['click_ids'],
    reported_campaign: order.reported_campaign,
    prices_include_tax: order.prices_include_tax,
    lines: facts.lines.map((_, place) => showLine(facts, place, sold, left, around)),
    shipping: amount(order.shipping_minor),
    tax: amount(order.tax_minor),
    discount: amount(order.discount_minor),
    total: amount(sold.total_minor),
    refunded: amount(sold.total_minor - left.total_minor),
    net_total: amount(left.total_minor),
    product_count: known ? formatQuantity(sold.quantity_e4) : null,
    refunds: facts.refunds.map((refund) => showRefund(facts, refund)),
    settlement: around.settlement,
  };
}

function showLine(
  { order, lines }: OrderFacts,
  place: number,
  sold: OrderValue,
  left: OrderValue,
  { products, costs }: Surroundings,
): OrderData['lines'][number] {
  const line = lines[place]!;
  const [before, after] = [sold.lines[place]!, left.lines[place]!];
  const amount = (minor: Minor) => formatMoney(minor, order.currency);
  const gross = priceOf(line.quantity_e4, line.unit_price_minor);
  const cost = unitCostOf(
    { ...line, currency: order.currency, at: order.ordered_at },
    costs.get(line.product_id),
  );
  return {
    line_no: line.line_no,
    external_id: line.external_id,
    product_id: line.product_id,
    product: products.get(line.product_id)!,
    batch: line.batch,
    quantity: formatQuantity(line.quantity_e4),
    unit_price: amount(line.unit_price_minor),
    gross: amount(gross),
    discount: amount(line.discount_minor),
    order_discount_share: amount(gross - line.discount_minor - before.net_minor),
    net: amount(before.net_minor),
    tax: amount(before.tax_minor),
    refunded: amount(before.net_minor - after.net_minor),
    refunded_quantity: formatQuantity(before.quantity_e4 - after.quantity_e4),
    unit_cost: cost === undefined ? null : amount(cost.unit_cost_minor),
    unit_cost_given_by: cost?.given_by ?? null,
  };
}
