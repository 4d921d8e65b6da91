import type { FieldFault } from '../vocabulary/errors.ts';
import { type Minor, moneyText } from '../vocabulary/money.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';
import { applyRefunds, lineOf, type RefundFacts, type RefundLineFacts, worthOf } from './apply-refunds.ts';
import { allParts, least, type OrderParts, type Part, priceOrder } from './price-order.ts';
import type { OrderFacts } from './read-order-facts.ts';

/**
 * Whether a refund fits into what the order's other refunds leave, and adds up. A part can be refunded by name for what
 * refunds without a name took from it too: they then take that from the other parts.
 *
 * @param facts with the other refunds of the order only
 */
export function checkRefund(facts: OrderFacts, refund: RefundFacts): FieldFault[] {
  const { currency } = facts.order;
  const faults: FieldFault[] = [];
  const text = (minor: Minor) => `${moneyText(minor, currency)} ${currency}`;
  const room = (parts: OrderParts, part: Part) => least(part.left_minor + part.spread_minor, totalOf(parts));
  const check = (path: string, what: string, amount: Minor, most: Minor) => {
    if (amount > most)
      faults.push({ path, message: `is more than is left of ${what}: give at most ${text(most)}` });
  };

  let parts = applyRefunds(priceOrder(facts.order, facts.lines), facts.refunds);
  const before = totalOf(parts);
  if (refund.shipping_minor !== null) {
    check('shipping', 'the shipping', refund.shipping_minor, room(parts, parts.shipping));
  }
  if (refund.tax_minor !== null) {
    const inside = facts.order.prices_include_tax ? ' (its prices include the tax; leave it out)' : '';
    check('tax', `the tax of the order${inside}`, refund.tax_minor, room(parts, parts.tax));
  }
  parts = applyRefunds(parts, [{ ...refund, lines: [], amount_minor: null }]);

  refund.lines.forEach((named, place) => {
    const path = `lines.${place}`;
    const line = lineOf(parts.lines, named);
    if (line === undefined) {
      faults.push(unknownLine(path, named, facts));
      return;
    }
    if (named.quantity_e4 !== null && named.quantity_e4 > line.quantity_e4) {
      const most = formatQuantity(line.quantity_e4);
      faults.push({
        path: `${path}.quantity`,
        message: `is more than is left of line ${line.line_no}: give at most ${most}`,
      });
    }
    const amount = named.amount_minor ?? worthOf(line, named.quantity_e4 ?? 0n);
    check(`${path}.amount`, `line ${line.line_no}`, amount, room(parts, line));
    const alone = { ...refund, lines: [named], amount_minor: null, shipping_minor: null, tax_minor: null };
    parts = applyRefunds(parts, [alone]);
  });
  if (faults.length > 0 || refund.amount_minor === null) return faults;

  const named = before - totalOf(parts);
  if (refund.lines.length === 0) {
    check('amount', 'the order', refund.amount_minor, before);
    if (refund.amount_minor < named) {
      faults.push({
        path: 'amount',
        message: `must be at least the ${text(named)} of shipping and tax it names`,
      });
    }
  } else if (refund.amount_minor !== named) {
    const remedy = "give each line's amount, or leave the amount of the whole out";
    const message = `is ${text(refund.amount_minor)}, but lines, shipping and tax come to ${text(named)}; ${remedy}`;
    faults.push({ path: 'amount', message });
  }
  return faults;
}

function unknownLine(path: string, named: RefundLineFacts, { lines }: OrderFacts): FieldFault {
  if (lines.length === 0) {
    return { path, message: 'names a line, but the order came without lines; give an amount instead' };
  }
  if (named.line_external_id !== null) {
    const known = lines.flatMap(({ external_id }) => external_id ?? []);
    const remedy =
      known.length === 0 ? 'its lines have no ids, so give line_no' : `they are ${known.join(', ')}`;
    return { path: `${path}.line_external_id`, message: `is not the id of a line of this order; ${remedy}` };
  }
  const known = lines.map(({ line_no }) => line_no).join(', ');
  return { path: `${path}.line_no`, message: `is not a line of this order; its lines are ${known}` };
}

function totalOf(parts: OrderParts): Minor {
  return allParts(parts).reduce((sum, part) => sum + part.left_minor, 0n);
}
