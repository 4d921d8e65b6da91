import type { Selectable } from 'kysely';
import type { Tables } from '../../database/index.ts';
import { formatMoney } from '../../vocabulary/money.ts';

export type SpendRow = Selectable<Tables['campaign_spend']>;

/** An entry as the API shows it: the amount is a decimal of its currency. */
export type SpendJson = Omit<SpendRow, 'amount_minor'> & { amount: number };

export function spendJson({ amount_minor, ...entry }: SpendRow): SpendJson {
  return { ...entry, amount: formatMoney(amount_minor, entry.currency) };
}
