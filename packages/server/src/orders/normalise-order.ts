import { createHash } from 'node:crypto';
import type { FieldFault } from '../vocabulary/errors.ts';
import { derivedId } from '../vocabulary/ids.ts';
import type { Minor } from '../vocabulary/money.ts';
import type { QuantityE4 } from '../vocabulary/quantity.ts';
import { amountReader } from '../vocabulary/read-amounts.ts';
import { checkAmounts, checkLineIds } from './check-order.ts';
import { type NormalCustomer, normaliseCustomer } from './normalise-customer.ts';
import type { OrderInput, OrderStatus } from './order-input.ts';

/** An order as it will be recorded, but for its products, which are still named as the source names them. */
export type NormalOrder = {
  id: string;
  source: string;
  external_id: string;
  order_number: string | null;
  session_id: string | null;
  store: string | null;
  retailer: string | null;
  coupon: string | null;
  utm: Record<string, string> | null;
  click_ids: Record<string, string> | null;
  reported_campaign: string | null;
  currency: string;
  ordered_at: Date;
  updated_at: Date | null;
  status: OrderStatus;
  prices_include_tax: boolean;
  shipping_minor: Minor;
  tax_minor: Minor;
  discount_minor: Minor;
  total_minor: Minor | null;
  product_count_e4: QuantityE4 | null;
  customer: NormalCustomer | null;
  lines: NormalLine[];
  payload_hash: Buffer;
};
/** What the source says, before it has an id and a hash. */
export type OrderVersion = Omit<NormalOrder, 'id' | 'payload_hash'>;
export type NormalLine = {
  external_id: string | null;
  product: { id: string } | { external_id: string };
  batch: string | null;
  quantity_e4: QuantityE4;
  unit_price_minor: Minor;
  discount_minor: Minor;
  unit_cost_minor: Minor | null;
};

/**
 * An order with its amounts in minor units, checked for everything that can be checked without the database: decimals,
 * discounts within what they discount, totals that are the sum of their parts.
 */
export function normaliseOrder(input: OrderInput): { order: NormalOrder; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const { currency } = input;
  const read = amountReader(faults);
  const money = (path: string, amount: number | string | null | undefined) =>
    amount === undefined || amount === null ? null : read.money(path, amount, currency);

  const lines = (input.lines ?? []).map((line, place) => {
    const at = `lines.${place}`;
    return {
      external_id: line.external_id ?? null,
      product: productOf(line, at, faults),
      batch: line.batch ?? null,
      quantity_e4: read.quantity(`${at}.quantity`, line.quantity),
      unit_price_minor: read.money(`${at}.unit_price`, line.unit_price, currency),
      discount_minor: money(`${at}.discount`, line.discount) ?? 0n,
      unit_cost_minor: money(`${at}.unit_cost`, line.unit_cost),
    };
  });
  const given = {
    total_minor: money('total', input.total),
    product_count_e4:
      input.product_count === undefined || input.product_count === null
        ? null
        : read.quantity('product_count', input.product_count),
  };
  const version = {
    source: input.source,
    external_id: input.external_id,
    order_number: input.order_number ?? null,
    session_id: input.session_id ?? null,
    store: input.store ?? null,
    retailer: input.retailer ?? null,
    coupon: input.coupon ?? null,
    utm: sortedLabels(input.utm),
    click_ids: sortedLabels(input.click_ids),
    reported_campaign: input.reported_campaign ?? null,
    currency,
    ordered_at: input.ordered_at,
    updated_at: input.updated_at ?? null,
    status: input.status,
    prices_include_tax: input.prices_include_tax,
    shipping_minor: money('shipping', input.shipping) ?? 0n,
    tax_minor: money('tax', input.tax) ?? 0n,
    discount_minor: money('discount', input.discount) ?? 0n,
    // With lines these say nothing new; they are checked, and left out.
    ...(lines.length > 0 ? { total_minor: null, product_count_e4: null } : given),
    customer: input.customer ? normaliseCustomer({ ...input.customer, source: input.source }) : null,
    lines,
  };
  // Sums of unreadable amounts would only be named as a second fault.
  faults.push(...checkLineIds(lines));
  if (faults.length === 0) faults.push(...checkAmounts(version, given));
  const order = {
    id: derivedId('order', input.source, input.external_id),
    ...version,
    payload_hash: hashOf(version),
  };
  return { order, faults };
}

/** The hash by which the same content is recognised, in whatever notation it came. */
export function hashOf(content: unknown): Buffer {
  const text = JSON.stringify(content, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
  return createHash('sha256').update(text).digest();
}

function productOf(
  line: { product?: { external_id: string }; product_id?: string },
  at: string,
  faults: FieldFault[],
): NormalLine['product'] {
  if (line.product !== undefined && line.product_id === undefined) return line.product;
  if (line.product === undefined && line.product_id !== undefined)
    return { id: line.product_id.toLowerCase() };
  const message =
    line.product === undefined
      ? 'is required: name the product as {"external_id": "…"}, or give product_id'
      : 'is named twice: give either product or product_id';
  faults.push({ path: `${at}.product`, message });
  return { external_id: '' };
}

function sortedLabels(labels: Record<string, string> | null | undefined): Record<string, string> | null {
  const entries = Object.entries(labels ?? {});
  return entries.length === 0 ? null : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
