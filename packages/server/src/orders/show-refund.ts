import { z } from 'zod';
import { derivedId } from '../vocabulary/ids.ts';
import { formatMoney, type Minor } from '../vocabulary/money.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';
import { byTime } from './apply-refunds.ts';
import type { OrderFacts, RecordedRefund } from './read-order-facts.ts';
import { valueOrder } from './value-order.ts';

const money = z.number().nullable();

/** A refund as the API shows it. */
export const refundData = z.object({
  id: z.uuid(),
  order_id: z.uuid(),
  external_id: z.string(),
  refunded_at: z.iso.datetime(),
  reason: z.string().nullable(),
  lines: z.array(
    z.object({
      line_no: z.int().nullable(),
      line_external_id: z.string().nullable(),
      quantity: z.number().nullable(),
      amount: money,
    }),
  ),
  shipping: money,
  tax: money,
  amount: z.number().meta({ description: 'As given; what it took of the order where only quantities were.' }),
  refunded: z.number().meta({
    description:
      'What it took of the order. Less than the amount only where the order was edited to less since.',
  }),
});
export type RefundData = z.output<typeof refundData>;

export function showRefund(facts: OrderFacts, refund: RecordedRefund): RefundData {
  const { order } = facts;
  const amount = (minor: Minor | null) => (minor === null ? null : formatMoney(minor, order.currency));
  const taken = takenBy(facts, refund);
  return {
    id: refundId(order.id, refund.external_id),
    order_id: order.id,
    external_id: refund.external_id,
    refunded_at: refund.refunded_at.toISOString(),
    reason: refund.reason,
    lines: refund.lines.map((line) => ({
      line_no: line.line_no,
      line_external_id: line.line_external_id,
      quantity: line.quantity_e4 === null ? null : formatQuantity(line.quantity_e4),
      amount: amount(line.amount_minor),
    })),
    shipping: amount(refund.shipping_minor),
    tax: amount(refund.tax_minor),
    amount: formatMoney(sumGiven(refund) ?? taken, order.currency),
    refunded: formatMoney(taken, order.currency),
  };
}

/** A refund is known by its order and the id the shop gave it. */
export function refundId(orderId: string, externalId: string): string {
  return derivedId('refund', orderId, externalId);
}

// Undefined where a line gives a quantity alone: what that comes to depends on what was left.
function sumGiven(refund: RecordedRefund): Minor | undefined {
  if (refund.amount_minor !== null) return refund.amount_minor;
  if (refund.lines.some(({ amount_minor }) => amount_minor === null)) return undefined;
  const beside = (refund.shipping_minor ?? 0n) + (refund.tax_minor ?? 0n);
  return refund.lines.reduce((sum, { amount_minor }) => sum + amount_minor!, beside);
}

function takenBy({ order, lines, refunds }: OrderFacts, refund: RecordedRefund): Minor {
  const before = refunds.filter((each) => byTime(each, refund) < 0);
  const left = (after: RecordedRefund[]) => valueOrder(order, lines, after).total_minor;
  return left(before) - left([...before, refund]);
}
