import { conflict } from '../vocabulary/errors.ts';
import { moneyText } from '../vocabulary/money.ts';
import type { CampaignRow } from './campaign.ts';
import type { CampaignChange } from './campaign-fields.ts';
import type { DatePlan } from './lifecycle/plan-date-change.ts';
import { readAmount } from './read-amount.ts';

/**
 * A campaign as it is after a change of its fields; what is absent from the change stays. The budget keeps its
 * decimal amount when only the currency changes.
 *
 * @throws conflict for another currency once there is spend
 * @throws invalid for a budget finer than its currency
 */
export function applyChange(
  campaign: CampaignRow,
  { budget_amount, dry_run: _, reason: __, ...change }: CampaignChange,
  { starts_at, ends_at }: Pick<DatePlan, 'starts_at' | 'ends_at'>,
  hasSpend: boolean,
): CampaignRow {
  const currency = change.currency ?? campaign.currency;
  if (currency !== campaign.currency && hasSpend) {
    throw conflict(`The campaign has spend in ${campaign.currency}.`, [
      {
        path: 'currency',
        message: `cannot be changed once there is spend; record spend in ${currency} beside it, or create another campaign`,
      },
    ]);
  }
  const budget = budget_amount === undefined ? heldBudget(campaign) : budget_amount;
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return {
    ...campaign,
    ...given,
    starts_at,
    ends_at,
    currency,
    budget_amount_minor: budget === null ? null : readAmount(budget, currency, 'budget_amount'),
  };
}

function heldBudget({ budget_amount_minor, currency }: CampaignRow): string | null {
  return budget_amount_minor === null ? null : moneyText(budget_amount_minor, currency);
}
