import type { Campaign } from '../../api/types/campaign.ts';
import { formatPercent } from '../../format/number.ts';

/**
 * Spend to date ÷ (budget × elapsed share of the campaign's time) × 100, in words. Null without a budget, before the
 * start, and for a lifetime budget without an end, which has no share of time.
 */
export function pacingText(campaign: Campaign, now: Date): string | null {
  const planned = plannedToDate(campaign, now);
  if (planned === null || planned <= 0) return null;
  const percent = (campaign.spend_to_date / planned) * 100;
  const judged = percent > 110 ? 'faster than planned' : percent < 90 ? 'slower than planned' : 'on plan';
  return `${formatPercent(percent)} of what was planned by now, ${judged}`;
}

function plannedToDate({ budget_amount, budget_type, starts_at, ends_at, ended_at }: Campaign, now: Date) {
  if (budget_amount === null) return null;
  const start = Date.parse(starts_at);
  const until = Math.min(
    now.getTime(),
    ...[ended_at, ends_at].flatMap((end) => (end ? Date.parse(end) : [])),
  );
  if (until <= start) return null;
  if (budget_type === 'daily') return budget_amount * Math.ceil((until - start) / 86_400_000);
  if (ends_at === null) return null;
  return budget_amount * Math.min(1, (until - start) / (Date.parse(ends_at) - start));
}
