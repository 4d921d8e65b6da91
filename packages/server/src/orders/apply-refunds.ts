import { divideRounded, type Minor } from '../vocabulary/money.ts';
import type { QuantityE4 } from '../vocabulary/quantity.ts';
import { shareExactly } from '../vocabulary/share-exactly.ts';
import { allParts, least, type OrderParts, type Part } from './price-order.ts';

/** A refund as recorded. */
export type RefundFacts = {
  external_id: string;
  refunded_at: Date;
  amount_minor: Minor | null;
  shipping_minor: Minor | null;
  tax_minor: Minor | null;
  lines: RefundLineFacts[];
};
export type RefundLineFacts = {
  line_no: number | null;
  line_external_id: string | null;
  quantity_e4: QuantityE4 | null;
  amount_minor: Minor | null;
};

/**
 * What is left of an order's parts after its refunds, each taken from what the ones before it left, in the order of
 * (refunded_at, external_id) and not of arrival.
 *
 * - What names its part is taken from that part. A refunded line with a quantity alone takes its pieces' share of what
 *   is left, so that all pieces one by one take exactly all; with an amount alone it takes the money and no pieces (a
 *   goodwill: the goods stay sold and keep their cost); with both, both.
 * - What names none is spread exactly over the parts by what is left of each, shipping and tax among them unless the
 *   refund names theirs. No pieces come back with it, except from a line of which nothing is left: that sale is undone.
 * - A part that a spread refund has eaten into can still be refunded by name in full. The spread one then takes the
 *   difference from the other parts: money given back is never revenue, and never counted twice.
 */
export function applyRefunds(sold: OrderParts, refunds: RefundFacts[]): OrderParts {
  if (refunds.length === 0) return sold;
  const parts: OrderParts = {
    lines: sold.lines.map((line) => ({ ...line })),
    unitemised: { ...sold.unitemised },
    shipping: { ...sold.shipping },
    tax: { ...sold.tax },
  };
  for (const refund of refunds.toSorted(byTime)) applyRefund(parts, refund);
  return parts;
}

/** The line of an order that a line of a refund means: by the shop's id for it where given, else by its number. */
export function lineOf<Line extends { line_no: number; external_id: string | null }>(
  lines: Line[],
  named: { line_no: number | null; line_external_id: string | null },
): Line | undefined {
  return named.line_external_id === null
    ? lines.find((line) => line.line_no === named.line_no)
    : lines.find((line) => line.external_id === named.line_external_id);
}

/** What these pieces of a part are worth of what is left of it. */
export function worthOf(part: Part, pieces: QuantityE4): Minor {
  return pieces >= part.quantity_e4
    ? part.left_minor
    : divideRounded(part.left_minor * pieces, part.quantity_e4);
}

function applyRefund(parts: OrderParts, refund: RefundFacts): void {
  const named =
    take(parts, parts.shipping, refund.shipping_minor ?? 0n) + take(parts, parts.tax, refund.tax_minor ?? 0n);
  for (const refunded of refund.lines) {
    const line = lineOf(parts.lines, refunded);
    if (line === undefined) continue; // edited away since: its money went with it
    const pieces = least(refunded.quantity_e4 ?? 0n, line.quantity_e4);
    const amount = refunded.amount_minor ?? (pieces === 0n ? 0n : worthOf(line, pieces));
    line.quantity_e4 -= pieces;
    take(parts, line, amount);
  }
  if (refund.lines.length > 0 || refund.amount_minor === null) return;

  const unnamed = refund.amount_minor - named;
  const over = allParts(parts).filter(
    (part) =>
      (part !== parts.shipping || refund.shipping_minor === null) &&
      (part !== parts.tax || refund.tax_minor === null),
  );
  const beyond = unnamed - spread(over, unnamed);
  spread(allParts(parts), beyond);
}

function take(parts: OrderParts, from: Part, amount: Minor): Minor {
  const own = least(amount, from.left_minor);
  const taken = least(amount - own, from.spread_minor);
  from.left_minor -= own;
  from.spread_minor -= taken;
  spread(
    allParts(parts).filter((part) => part !== from),
    taken,
  );
  return own + taken;
}

function spread(over: Part[], amount: Minor): Minor {
  const most = over.reduce((sum, part) => sum + part.left_minor, 0n);
  const spendable = least(amount, most);
  if (spendable <= 0n) return 0n;
  const shares = shareExactly(
    spendable,
    over.map((part) => ({ key: part, weight: part.left_minor })),
  );
  for (const { key: part, part: share } of shares) {
    part.left_minor -= share;
    part.spread_minor += share;
    if (share > 0n && part.left_minor === 0n) part.quantity_e4 = 0n;
  }
  return spendable;
}

/** The order in which refunds are taken, whatever the order of their arrival. */
export function byTime(a: RefundFacts, b: RefundFacts): number {
  return a.refunded_at.getTime() - b.refunded_at.getTime() || compareText(a.external_id, b.external_id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
