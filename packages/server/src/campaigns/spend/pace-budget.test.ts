import { describe, expect, test } from 'vitest';
import { type PacedBudget, paceBudget } from './pace-budget.ts';

const day = (text: string) => new Date(`2026-${text}T00:00:00Z`);
const lifetime: PacedBudget = {
  budget_type: 'lifetime',
  budget_amount_minor: 1000_00n,
  starts_at: day('03-01'),
  ends_at: day('03-11'),
  ended_at: null,
};
const daily: PacedBudget = { ...lifetime, budget_type: 'daily', budget_amount_minor: 50_00n, ends_at: null };

describe('a budget is paced by the time that has gone by', () => {
  test.each<[string, PacedBudget, bigint, string, bigint, number | null]>([
    ['half of the time, half of the money', lifetime, 500_00n, '03-06', 500_00n, 100],
    ['half of the time, a fifth too much', lifetime, 600_00n, '03-06', 500_00n, 120],
    ['after its end, against all of it', lifetime, 900_00n, '04-01', 1000_00n, 90],
    [
      'ended early, against the time it had',
      { ...lifetime, ended_at: day('03-03') },
      100_00n,
      '04-01',
      200_00n,
      50,
    ],
    ['three days of a daily budget', daily, 120_00n, '03-04', 150_00n, 80],
    ['before its start nothing is expected, and nothing divides by it', daily, 10_00n, '02-01', 0n, null],
  ])('%s', (_, campaign, spend, now, expected_minor, percent) => {
    expect(paceBudget(campaign, spend, day(now))).toEqual({ expected_minor, percent });
  });

  test('without a budget, or without an end for a lifetime one, there is nothing to pace', () => {
    expect(paceBudget({ ...lifetime, budget_type: null }, 1n, day('03-06'))).toBeUndefined();
    expect(paceBudget({ ...lifetime, budget_amount_minor: null }, 1n, day('03-06'))).toBeUndefined();
    expect(paceBudget({ ...lifetime, ends_at: null }, 1n, day('03-06'))).toBeUndefined();
  });
});
