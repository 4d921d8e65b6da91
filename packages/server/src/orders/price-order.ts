import { type Minor, priceOf } from '../vocabulary/money.ts';
import type { QuantityE4 } from '../vocabulary/quantity.ts';
import { shareExactly } from '../vocabulary/share-exactly.ts';

/** Of an order, what its worth depends on; as the table holds it. */
export type PricedOrderFacts = {
  prices_include_tax: boolean;
  shipping_minor: Minor;
  tax_minor: Minor;
  discount_minor: Minor;
  /** Only of an order without lines. */
  total_minor: Minor | null;
  product_count_e4: QuantityE4 | null;
};

/** Of a line, likewise. */
export type LineFacts = {
  line_no: number;
  external_id: string | null;
  product_id: string;
  quantity_e4: QuantityE4;
  unit_price_minor: Minor;
  discount_minor: Minor;
};

/** A part of an order that can be refunded: what it was sold for, and what is left of that. */
export type Part = {
  quantity_e4: QuantityE4;
  sold_minor: Minor;
  left_minor: Minor;
  /** How much of it was taken by refunds that named no part. */
  spread_minor: Minor;
};
export type LinePart = Part & {
  line_no: number;
  external_id: string | null;
  product_id: string;
  /** Contained in what it was sold for. */
  tax_minor: Minor;
};
export type OrderParts = { lines: LinePart[]; unitemised: Part; shipping: Part; tax: Part };

/** The parts in the order in which a cent that cannot be divided falls to them. */
export function allParts(parts: OrderParts): Part[] {
  return [...parts.lines, parts.unitemised, parts.shipping, parts.tax];
}

/**
 * What each part of an order was sold for: a line's quantity × price, rounded once, less its own discount, less its
 * share of the order's discount, which is spread exactly over the lines by their net. Tax that prices include is no
 * part of its own: it is spread over the lines in the same way, to be left out of profit.
 */
export function priceOrder(order: PricedOrderFacts, lines: LineFacts[]): OrderParts {
  const taxOnTop = order.prices_include_tax ? 0n : order.tax_minor;
  if (lines.length === 0) return priceUnitemised(order, taxOnTop);

  const beforeOrderDiscount = lines.map((line) => {
    const gross = priceOf(line.quantity_e4, line.unit_price_minor);
    return { line, net: gross - least(line.discount_minor, gross) };
  });
  const discounted = spread(order.discount_minor, beforeOrderDiscount);
  const sold = beforeOrderDiscount.map(({ line, net }, place) => ({ line, net: net - discounted[place]! }));
  const contained = spread(order.prices_include_tax ? order.tax_minor : 0n, sold);
  return {
    lines: sold.map(({ line, net }, place) => ({
      ...part(net, line.quantity_e4),
      line_no: line.line_no,
      external_id: line.external_id,
      product_id: line.product_id,
      tax_minor: contained[place]!,
    })),
    unitemised: part(0n),
    shipping: part(order.shipping_minor),
    tax: part(taxOnTop),
  };
}

function priceUnitemised(order: PricedOrderFacts, taxOnTop: Minor): OrderParts {
  const total = order.total_minor ?? 0n;
  const shipping = least(order.shipping_minor, total);
  const tax = least(taxOnTop, total - shipping);
  return {
    lines: [],
    unitemised: part(total - shipping - tax, order.product_count_e4 ?? 0n),
    shipping: part(shipping),
    tax: part(tax),
  };
}

function part(sold_minor: Minor, quantity_e4: QuantityE4 = 0n): Part {
  return { quantity_e4, sold_minor, left_minor: sold_minor, spread_minor: 0n };
}

// At most what there is to spread over, so that no net falls below zero.
function spread(amount: Minor, over: { net: Minor }[]): Minor[] {
  const most = over.reduce((sum, { net }) => sum + net, 0n);
  return shareExactly(
    least(amount, most),
    over.map(({ net }, key) => ({ key, weight: net })),
  ).map(({ part }) => part);
}

/** The smaller of two amounts. */
export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
