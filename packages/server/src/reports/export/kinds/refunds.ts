import { sql } from 'kysely';
import { formatMoney } from '../../../vocabulary/money.ts';
import { formatQuantity } from '../../../vocabulary/quantity.ts';
import type { Exporter } from '../exporter.ts';
import { afterKey, within } from '../keyset.ts';

type Row = {
  order_id: string;
  source: string;
  order_external_id: string;
  external_id: string;
  refunded_at: Date;
  currency: string;
  amount_minor: bigint | null;
  shipping_minor: bigint | null;
  tax_minor: bigint | null;
  reason: string | null;
  /** Integers as text, which JSON does not round. */
  lines: {
    line_no: number | null;
    line_external_id: string | null;
    quantity_e4: string | null;
    amount_minor: string | null;
  }[];
};

/** Refunds, order by order, by when the money was given back. */
export const refunds: Exporter = {
  columns: [
    ...['order_id', 'source', 'order_external_id', 'external_id', 'refunded_at', 'currency'],
    ...['amount', 'shipping', 'tax', 'reason', 'lines'],
  ],
  amounts: ['amount', 'shipping', 'tax'],
  async read(db, span, after, size) {
    const { rows } = await sql<Row>`
      select r.order_id, o.source, o.external_id as order_external_id, r.external_id, r.refunded_at, o.currency,
             r.amount_minor, r.shipping_minor, r.tax_minor, r.reason,
             (select coalesce(json_agg(json_build_object(
                       'line_no', l.line_no, 'line_external_id', l.line_external_id,
                       'quantity_e4', l.quantity_e4::text, 'amount_minor', l.amount_minor::text
                     ) order by l.position), '[]')
                from refund_lines l
               where l.order_id = r.order_id and l.refund_external_id = r.external_id) as lines
        from refunds r join orders o on o.id = r.order_id
       where ${within('r.refunded_at', span)}
         and ${afterKey(['r.order_id', 'r.external_id'], ['uuid', 'text'], after)}
       order by r.order_id, r.external_id limit ${size}`.execute(db);
    const last = rows.at(-1);
    return { rows: rows.map(showRefund), last: last && [last.order_id, last.external_id] };
  },
};

function showRefund({ amount_minor, shipping_minor, tax_minor, lines, ...refund }: Row) {
  const money = (minor: bigint | string | null) =>
    minor === null ? null : formatMoney(BigInt(minor), refund.currency);
  return {
    ...refund,
    refunded_at: refund.refunded_at.toISOString(),
    amount: money(amount_minor),
    shipping: money(shipping_minor),
    tax: money(tax_minor),
    lines: lines.map(({ quantity_e4, amount_minor: amount, ...line }) => ({
      ...line,
      quantity: quantity_e4 === null ? null : formatQuantity(BigInt(quantity_e4)),
      amount: money(amount),
    })),
  };
}
