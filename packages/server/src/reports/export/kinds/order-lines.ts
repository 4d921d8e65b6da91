import { readOrderFacts } from '../../../orders/index.ts';
import { formatMoney } from '../../../vocabulary/money.ts';
import { formatQuantity } from '../../../vocabulary/quantity.ts';
import type { Exporter } from '../exporter.ts';
import { orderPage, productOf, readProductNames } from './orders.ts';

/** Lines by the time of their sale. */
export const orderLines: Exporter = {
  columns: [
    ...['order_id', 'source', 'order_external_id', 'ordered_at', 'status', 'line_no', 'external_id'],
    ...[
      'product_id',
      'product.external_id',
      'batch',
      'currency',
      'quantity',
      'unit_price',
      'discount',
      'unit_cost',
    ],
  ],
  amounts: ['unit_price', 'discount', 'unit_cost'],
  async read(db, span, after, size) {
    const { ids, last } = await orderPage(db, span, after, size);
    const facts = await readOrderFacts(db, ids);
    const names = await readProductNames(db, facts);
    const linesOf = new Map(
      facts.map(({ order, lines }) => [
        order.id,
        lines.map((line) => ({
          order_id: order.id,
          source: order.source,
          order_external_id: order.external_id,
          ordered_at: order.ordered_at.toISOString(),
          status: order.status,
          line_no: line.line_no,
          external_id: line.external_id,
          product_id: line.product_id,
          ...productOf(order, line.product_id, names),
          batch: line.batch,
          currency: order.currency,
          quantity: formatQuantity(line.quantity_e4),
          unit_price: formatMoney(line.unit_price_minor, order.currency),
          discount: formatMoney(line.discount_minor, order.currency),
          unit_cost: line.unit_cost_minor === null ? null : formatMoney(line.unit_cost_minor, order.currency),
        })),
      ]),
    );
    return { rows: ids.flatMap((id) => linesOf.get(id) ?? []), last };
  },
};
