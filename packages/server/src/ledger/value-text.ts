import { type OrderFacts, valueOrder } from '../orders/index.ts';
import { moneyText, priceOf } from '../vocabulary/money.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';

/** How a line came to be worth what it is worth: `2 × 50.00 − 5.00 discount − 10.00 refunded = 85.00`. */
export function valueText({ order, lines, refunds }: OrderFacts, lineNo: number): string {
  const line = lines.find(({ line_no }) => line_no === lineNo)!;
  const worth = (of: typeof refunds) =>
    valueOrder(order, lines, of).lines.find(({ line_no }) => line_no === lineNo)!.net_minor;
  const gross = priceOf(line.quantity_e4, line.unit_price_minor);
  const sold = worth([]);
  const left = worth(refunds);
  const money = (minor: bigint) => moneyText(minor, order.currency);
  const taken: [bigint, string][] = [
    [line.discount_minor, 'discount'],
    [gross - line.discount_minor - sold, 'of the order’s discount'],
    [sold - left, 'refunded'],
  ];
  const subtractions = taken.flatMap(([minor, what]) => (minor > 0n ? [`− ${money(minor)} ${what}`] : []));
  return [
    `${formatQuantity(line.quantity_e4)} × ${money(line.unit_price_minor)}`,
    ...subtractions,
    `= ${money(left)}`,
  ].join(' ');
}
