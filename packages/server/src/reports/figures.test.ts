import { describe, expect, it, test } from 'vitest';
import { type Measures, noMeasures } from '../rollups/index.ts';
import { changeE2, type Figures, figuresOf, tierOf } from './figures.ts';

const nothing = noMeasures();

function figures(measures: Partial<Measures>, spend_minor: bigint | null = 0n): Figures {
  return figuresOf({ measures: { ...nothing, ...measures }, spend_minor, counted_once: true });
}

// biome-ignore format: a table is read by its columns
describe.each([
  // revenue      spend        ROI %     ROAS      tier
  [4_150_000n,  3_350_000n,    2_388n,  12_388n, 'Standard'],
  [   20_000n,     10_000n,   10_000n,  20_000n, 'High ROI'],
  [   19_999n,     10_000n,    9_999n,  19_999n, 'Good ROI'],
  // Shown as 100.00 %, but a hair below it.
  [ 1_999_999_999n, 1_000_000_000n, 10_000n, 20_000n, 'Good ROI'],
  [   15_000n,     10_000n,    5_000n,  15_000n, 'Good ROI'],
  [   14_999n,     10_000n,    4_999n,  14_999n, 'Standard'],
  [        0n,     10_000n,  -10_000n,       0n, 'Standard'],
  [   -5_000n,     10_000n,  -15_000n,  -5_000n, 'Standard'],
  [   10_000n,          0n,      null,     null, 'Standard'],
  [   10_000n,        null,      null,     null, 'Standard'],
  // Half away from zero: 1/8 of 0.01 % is 0.125, and its negative likewise.
  [  8_000_001n, 8_000_000n,       0n,  10_000n, 'Standard'],
  [  8_000_500n, 8_000_000n,       1n,  10_001n, 'Standard'],
  [  7_999_500n, 8_000_000n,      -1n,   9_999n, 'Standard'],
] as const)('revenue of %s on spend of %s cents', (revenue_minor, spend_minor, roi_e2, roas_e4, tier) => {
  it(`is a return of ${roi_e2} hundredths of a percent and ${tier}`, () => {
    const got = figures({ revenue_minor, lines: 1n }, spend_minor);
    expect(got).toMatchObject({ roi_e2, roas_e4 });
    expect(tierOf(got)).toBe(tier);
  });
});

// biome-ignore format: a table is read by its columns
describe.each([
  ['nothing was credited',                  {},                                                                                   0n,    null],
  ['the cost of nothing is known',          { revenue_minor: 1_000n, lines: 1n },                                                 null,  0n],
  ['the cost of half the revenue is known', { revenue_minor: 1_000n, lines: 2n, profit_minor: 200n, known_cost_revenue_minor: 500n }, 200n, 5_000n],
  ['a free line had a known cost',          { lines: 1n, units_e4: 10_000n, profit_minor: -300n },                                -300n, null],
  ['a known profit came to nothing',        { revenue_minor: 1_000n, lines: 1n, known_cost_revenue_minor: 1_000n },               0n,    10_000n],
  ['a refund of unknown cost was booked',   { revenue_minor: -1_000n, units_e4: -10_000n },                                       null,  null],
] as const)('when %s', (_, measures, profit_minor, share) => {
  it(`the profit is ${profit_minor}`, () => {
    expect(figures(measures)).toMatchObject({ profit_minor, profit_revenue_share_e4: share });
  });
});

test.each([
  // revenue, order equivalents, average
  [10_000n, 1_000_000_000n, 10_000n],
  [10_000n, 500_000_000n, 20_000n],
  [10_000n, 333_333_333n, 30_000n],
  [0n, 0n, null],
])('%s cents over %s billionths of an order are %s on average', (revenue_minor, order_share_e9, average) => {
  expect(figures({ revenue_minor, order_share_e9 }).average_order_value_minor).toBe(average);
});

test.each([
  [150n, 100n, 5_000n],
  [50n, 100n, -5_000n],
  [50n, -100n, 15_000n],
  [100n, 0n, null],
  [null, 100n, null],
  [100n, null, null],
])('from %s after %s the change is %s hundredths of a percent', (now, before, change) => {
  expect(changeE2(now, before)).toBe(change);
});
