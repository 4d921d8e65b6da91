import { divideRounded, type Minor } from '../../vocabulary/money.ts';

/** A budget and the time it is for. */
export type PacedBudget = {
  budget_type: 'daily' | 'lifetime' | null;
  budget_amount_minor: Minor | null;
  starts_at: Date;
  ends_at: Date | null;
  ended_at: Date | null;
};

/** What should have been spent by now, and how much of that has been, in percent with two decimals. */
export type Pacing = { expected_minor: Minor; percent: number | null };

const dayMilliseconds = 86_400_000n;

/**
 * Pacing: spend to date / (budget × elapsed share of the campaign's time) × 100. A lifetime budget is spread over the
 * time from start to end, a daily one grows by a budget a day. 100 is on plan, 120 a fifth too fast.
 *
 * @returns undefined where there is nothing to pace: no budget, or a lifetime budget without an end
 */
export function paceBudget(campaign: PacedBudget, spendMinor: Minor, now: Date): Pacing | undefined {
  const { budget_type, budget_amount_minor, starts_at, ends_at, ended_at } = campaign;
  if (budget_type === null || budget_amount_minor === null) return undefined;
  const end = [ends_at, ended_at, now].reduce<Date>(
    (first, at) => (at !== null && at < first ? at : first),
    now,
  );
  const elapsed = millisecondsBetween(starts_at, end);
  const whole =
    budget_type === 'daily' ? dayMilliseconds : ends_at && millisecondsBetween(starts_at, ends_at);
  if (whole === null || whole === 0n) return undefined;
  const expected_minor = divideRounded(budget_amount_minor * elapsed, whole);
  const percent =
    expected_minor === 0n ? null : Number(divideRounded(spendMinor * 10_000n, expected_minor)) / 100;
  return { expected_minor, percent };
}

function millisecondsBetween(from: Date, to: Date): bigint {
  return to > from ? BigInt(to.getTime() - from.getTime()) : 0n;
}
