import { divideRounded, type Minor } from '../vocabulary/money.ts';
import type { QuantityE4 } from '../vocabulary/quantity.ts';
import { applyRefunds, type RefundFacts } from './apply-refunds.ts';
import { allParts, type LineFacts, type PricedOrderFacts, priceOrder } from './price-order.ts';

/** What remains of a line for credit. */
export type LineValue = {
  line_no: number;
  product_id: string;
  quantity_e4: QuantityE4;
  /** After all discounts and refunds. */
  net_minor: Minor;
  /** The tax contained in the net, which is nobody's profit; 0 where tax comes on top of prices. */
  tax_minor: Minor;
};

/** What an order is worth: `total_minor` is the sum of its lines, `unitemised_minor`, shipping and tax, always. */
export type OrderValue = {
  lines: LineValue[];
  /** Of an order without lines: its worth beside shipping and tax. */
  unitemised_minor: Minor;
  shipping_minor: Minor;
  /** The tax on top of prices; 0 where prices include it. */
  tax_minor: Minor;
  total_minor: Minor;
  /** Pieces in all lines, or the product count of an order without lines. */
  quantity_e4: QuantityE4;
};

/**
 * What remains of an order for credit, after discounts and refunds. Without refunds, what it was sold for.
 *
 * Total: whatever the facts contradict (they may arrive in any order, and an order may be edited after its refund) is
 * clipped at what there is, and no part ever falls below zero.
 */
export function valueOrder(order: PricedOrderFacts, lines: LineFacts[], refunds: RefundFacts[]): OrderValue {
  const parts = applyRefunds(priceOrder(order, lines), refunds);
  return {
    lines: parts.lines.map((part) => ({
      line_no: part.line_no,
      product_id: part.product_id,
      quantity_e4: part.quantity_e4,
      net_minor: part.left_minor,
      tax_minor:
        part.sold_minor === 0n ? 0n : divideRounded(part.tax_minor * part.left_minor, part.sold_minor),
    })),
    unitemised_minor: parts.unitemised.left_minor,
    shipping_minor: parts.shipping.left_minor,
    tax_minor: parts.tax.left_minor,
    total_minor: allParts(parts).reduce((total, part) => total + part.left_minor, 0n),
    quantity_e4: parts.lines.reduce(
      (pieces, part) => pieces + part.quantity_e4,
      parts.unitemised.quantity_e4,
    ),
  };
}
