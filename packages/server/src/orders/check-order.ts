import type { FieldFault } from '../vocabulary/errors.ts';
import { type Minor, moneyText, priceOf } from '../vocabulary/money.ts';
import { formatQuantity, type QuantityE4 } from '../vocabulary/quantity.ts';
import type { OrderVersion } from './normalise-order.ts';
import { valueOrder } from './value-order.ts';

/** What the source says of the sums; with lines it must be what they come to. */
export type GivenSums = { total_minor: Minor | null; product_count_e4: QuantityE4 | null };

// Beyond this a JSON number loses cents; 10^15 cents are ten trillion.
const largestMinor = 10n ** 15n;

/** Two lines with one id could not be told apart by a refund. */
export function checkLineIds(lines: { external_id: string | null }[]): FieldFault[] {
  const firstAt = new Map<string, number>();
  return lines.flatMap(({ external_id }, place) => {
    if (external_id === null) return [];
    const first = firstAt.get(external_id);
    if (first === undefined) firstAt.set(external_id, place);
    const message = `is also the id of lines.${first}; give each line its own, or none`;
    return first === undefined ? [] : [{ path: `lines.${place}.external_id`, message }];
  });
}

/** Discounts must lie within what they discount, contained tax within its prices, and sums be the sum of their parts. */
export function checkAmounts(order: OrderVersion, given: GivenSums): FieldFault[] {
  if (order.lines.length === 0) return checkTotal(order);
  const faults = checkLines(order);
  return faults.length > 0 ? faults : checkSums(order, given);
}

function checkTotal(order: OrderVersion): FieldFault[] {
  if (order.total_minor === null) {
    return [{ path: 'lines', message: 'are required; an order that has none to tell gives its total' }];
  }
  const inside = order.shipping_minor + order.tax_minor;
  if (inside <= order.total_minor) return [];
  const message = `must be at least the ${amountOf(inside, order)} of shipping and tax, which it contains`;
  return [{ path: 'total', message }];
}

function checkLines(order: OrderVersion): FieldFault[] {
  return order.lines.flatMap(({ quantity_e4, unit_price_minor, discount_minor }, place) => {
    const gross = priceOf(quantity_e4, unit_price_minor);
    if (gross > largestMinor) {
      const message = `makes the line worth more than ${amountOf(largestMinor, order)}`;
      return [{ path: `lines.${place}.quantity`, message }];
    }
    if (discount_minor <= gross) return [];
    const message = `must be at most the ${amountOf(gross, order)} that quantity × unit_price make`;
    return [{ path: `lines.${place}.discount`, message }];
  });
}

function checkSums(order: OrderVersion, given: GivenSums): FieldFault[] {
  const lines = order.lines.map((line, place) => ({ ...line, line_no: place + 1, product_id: '' }));
  const undiscounted = valueOrder(
    { ...order, discount_minor: 0n, shipping_minor: 0n, tax_minor: 0n },
    lines,
    [],
  );
  const value = valueOrder(order, lines, []);
  const faults: FieldFault[] = [];
  const fault = (path: string, message: string) => faults.push({ path, message });

  if (value.total_minor > largestMinor) {
    fault('lines', `come to more than ${amountOf(largestMinor, order)} in all`);
  }
  if (order.discount_minor > undiscounted.total_minor) {
    fault(
      'discount',
      `must be at most the ${amountOf(undiscounted.total_minor, order)} that the lines come to`,
    );
  }
  if (order.prices_include_tax && order.tax_minor > value.total_minor) {
    fault('tax', `is inside the prices, so it must be at most their ${amountOf(value.total_minor, order)}`);
  }
  if (given.total_minor !== null && given.total_minor !== value.total_minor) {
    const [said, counted] = [given.total_minor, value.total_minor].map((minor) => amountOf(minor, order));
    const tax = order.prices_include_tax ? '' : ' + tax';
    fault(
      'total',
      `is ${said}, but lines + shipping${tax} − discount are ${counted}; correct one, or leave total out`,
    );
  }
  if (given.product_count_e4 !== null && given.product_count_e4 !== value.quantity_e4) {
    const [said, counted] = [given.product_count_e4, value.quantity_e4].map(formatQuantity);
    fault('product_count', `is ${said}, but the quantities come to ${counted}; correct one, or leave it out`);
  }
  return faults;
}

function amountOf(minor: Minor, { currency }: OrderVersion): string {
  return `${moneyText(minor, currency)} ${currency}`;
}
