import { groupBy } from '../vocabulary/group-by.ts';
import { formatMoney, parseMoney } from '../vocabulary/money.ts';
import { formatQuantity, parseQuantity } from '../vocabulary/quantity.ts';
import type { CreditEntry } from './credit-entry.ts';

/** What a campaign holds of a line under a model now: the sum of its entries. */
export type NetCredit = Pick<
  CreditEntry,
  | 'line_no'
  | 'campaign_id'
  | 'campaign_name'
  | 'model'
  | 'model_version'
  | 'currency'
  | 'quantity'
  | 'revenue'
  | 'profit'
>;

/** Sums entries per line, campaign, model version and currency, exactly; what was taken back whole is left out. */
export function netCredits(entries: CreditEntry[]): NetCredit[] {
  const keyOf = (entry: CreditEntry) =>
    `${entry.line_no}|${entry.campaign_id}|${entry.model}|${entry.model_version}|${entry.currency}`;
  return [...groupBy(entries, keyOf).values()]
    .map(sumOf)
    .filter(({ quantity, revenue }) => quantity !== 0 || revenue !== 0);
}

function sumOf(entries: CreditEntry[]): NetCredit {
  const { line_no, campaign_id, campaign_name, model, model_version, currency } = entries[0]!;
  const money = (amounts: number[]) =>
    formatMoney(
      amounts.reduce((sum, amount) => sum + parseMoney(amount, currency)!, 0n),
      currency,
    );
  // Revenue of unknown cost that has not been taken back leaves the profit unknown.
  const unknown = money(entries.filter(({ profit }) => profit === null).map(({ revenue }) => revenue));
  return {
    line_no,
    campaign_id,
    campaign_name,
    model,
    model_version,
    currency,
    quantity: formatQuantity(entries.reduce((sum, { quantity }) => sum + parseQuantity(quantity)!, 0n)),
    revenue: money(entries.map(({ revenue }) => revenue)),
    profit: unknown === 0 ? money(entries.map(({ profit }) => profit ?? 0)) : null,
  };
}
