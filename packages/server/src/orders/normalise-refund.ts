import type { FieldFault } from '../vocabulary/errors.ts';
import { amountReader } from '../vocabulary/read-amounts.ts';
import type { RefundFacts } from './apply-refunds.ts';
import { hashOf } from './normalise-order.ts';
import type { RefundInput } from './order-input.ts';

/** A refund in the minor units of its order's currency; without a time when none was given. */
export type NormalRefund = Omit<RefundFacts, 'refunded_at'> & {
  refunded_at: Date | null;
  reason: string | null;
  payload_hash: Buffer;
};

/** Checks what can be checked without knowing the order. */
export function normaliseRefund(
  input: RefundInput,
  currency: string,
): { refund: NormalRefund; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const read = amountReader(faults);
  const money = (path: string, amount: number | string | null | undefined) =>
    amount === null || amount === undefined ? null : read.money(path, amount, currency);

  const lines = (input.lines ?? []).map((line, place) => {
    const at = `lines.${place}`;
    const line_no = line.line_no ?? null;
    const line_external_id = line.line_external_id ?? null;
    if ((line_no === null) === (line_external_id === null)) {
      const message =
        line_no === null ? 'is required, or line_external_id' : 'names the line twice: leave one out';
      faults.push({ path: `${at}.line_no`, message });
    }
    const quantity_e4 =
      line.quantity === null || line.quantity === undefined
        ? null
        : read.quantity(`${at}.quantity`, line.quantity);
    const amount_minor = money(`${at}.amount`, line.amount);
    if (quantity_e4 === null && amount_minor === null) {
      faults.push({ path: `${at}.quantity`, message: 'is required, or an amount, or both' });
    }
    return { line_no, line_external_id, quantity_e4, amount_minor };
  });
  const version = {
    external_id: input.external_id,
    refunded_at: input.refunded_at ?? null,
    amount_minor: money('amount', input.amount),
    shipping_minor: money('shipping', input.shipping),
    tax_minor: money('tax', input.tax),
    reason: input.reason ?? null,
    lines,
  };
  const amounts = [version.amount_minor, version.shipping_minor, version.tax_minor];
  if (faults.length === 0 && lines.length === 0 && amounts.every((minor) => minor === null || minor === 0n)) {
    faults.push({ path: 'amount', message: 'is required where no line, shipping or tax is refunded' });
  }
  return { refund: { ...version, payload_hash: hashOf(version) }, faults };
}
