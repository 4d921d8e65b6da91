import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chanceBelow } from './beta-distribution.ts';
import { chanceToWin } from './chance-to-win.ts';
import { chancesToBeBest } from './chances-to-be-best.ts';
import { twoSidedChance } from './normal-distribution.ts';
import { testProportions } from './two-proportion-test.ts';
import { judge } from './verdict.ts';
import { visitsNeeded } from './visits-needed.ts';

const anyTally = fc
  .record({ visits: fc.integer({ min: 0, max: 100_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ visits, share }) => ({ visits, conversions: Math.floor(visits * share) }));

describe('the two-proportion test', () => {
  test('267 of 21,307 against 122 of 21,306 differ by 0.6805 percentage points, z 7.385', () => {
    const result = testProportions(
      { visits: 21_307, conversions: 267 },
      { visits: 21_306, conversions: 122 },
    )!;
    expect(result.difference * 100).toBeCloseTo(0.6805, 4);
    expect(result.z).toBeCloseTo(7.385, 3);
    expect(result.p_value! / 1.52e-13).toBeCloseTo(1, 1);
  });

  test('the interval is the published one of 56 of 70 against 48 of 80: 0.0524 to 0.3339', () => {
    const { interval } = testProportions({ visits: 70, conversions: 56 }, { visits: 80, conversions: 48 })!;
    expect(interval.from).toBeCloseTo(0.0524, 4);
    expect(interval.to).toBeCloseTo(0.3339, 4);
  });

  test('turned round, it says the opposite', () => {
    fc.assert(
      fc.property(anyTally, anyTally, (a, b) => {
        const [there, back] = [testProportions(a, b), testProportions(b, a)];
        if (there === undefined || back === undefined) {
          expect(there).toBe(back);
          return;
        }
        expect(there.difference).toBeCloseTo(-back.difference, 12);
        expect(there.interval.from).toBeCloseTo(-back.interval.to, 12);
        expect(there.p_value).toBe(back.p_value);
      }),
    );
  });

  test('without visits, or with more conversions than visits, there is nothing to test', () => {
    expect(testProportions({ visits: 0, conversions: 0 }, { visits: 9, conversions: 1 })).toBeUndefined();
    expect(testProportions({ visits: 9, conversions: 1 }, { visits: 9, conversions: 10 })).toBeUndefined();
  });

  test('where nothing converted there is no z, but an interval', () => {
    const result = testProportions({ visits: 50, conversions: 0 }, { visits: 60, conversions: 0 })!;
    expect(result).toMatchObject({ difference: 0, z: null, p_value: null });
    expect(result.interval.to).toBeGreaterThan(0.05);
  });

  test('chances of the normal distribution are those of the tables, near and far', () => {
    expect(twoSidedChance(0)).toBe(1);
    expect(twoSidedChance(1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(twoSidedChance(2.9999999)).toBeCloseTo(twoSidedChance(3.0000001), 8);
    expect(twoSidedChance(6) / 1.973175290075e-9).toBeCloseTo(1, 10);
  });
});

describe('the probability to be best', () => {
  test('is 0.611 for 51 of 100 against 49 of 100', () => {
    const [worse, better] = chancesToBeBest([
      { visits: 100, conversions: 49 },
      { visits: 100, conversions: 51 },
    ]);
    expect(better).toBeCloseTo(0.6108, 4);
    expect(worse! + better!).toBeCloseTo(1, 12);
  });

  test('is the closed form of Evan Miller for two', () => {
    fc.assert(
      fc.property(smallTally, smallTally, (a, b) => {
        expect(chancesToBeBest([a, b])[1]).toBeCloseTo(closedForm(a, b), 9);
      }),
    );
  });

  test('is equal for those of whom the same was seen, or nothing', () => {
    const tallies = Array.from({ length: 10 }, () => ({ visits: 0, conversions: 0 }));
    for (const chance of chancesToBeBest(tallies)) expect(chance).toBeCloseTo(0.1, 12);
  });

  test('adds up to one before it is made to, whatever the numbers and however unlike', () => {
    fc.assert(
      fc.property(fc.array(anyTally, { minLength: 2, maxLength: 10 }), (tallies) => {
        const chances = chancesToBeBest(tallies);
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
        for (const chance of chances) expect(chance).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 30 },
    );
  });

  test('stands on the incomplete beta function of the tables', () => {
    expect(chanceBelow({ a: 2, b: 3 }, 0.4)).toBeCloseTo(0.5248, 12);
    expect(chanceBelow({ a: 1, b: 1 }, 0.3)).toBeCloseTo(0.3, 12);
    expect(chanceBelow({ a: 50_000, b: 50_000 }, 0.5)).toBeCloseTo(0.5, 9);
  });
});

describe('the chance to win', () => {
  test('is 0.609 for 51 of 100 over a baseline of 49 of 100', () => {
    const baseline = { visits: 100, conversions: 49 };
    expect(chanceToWin({ visits: 100, conversions: 51 }, baseline)).toBeCloseTo(0.6092, 4);
    expect(chanceToWin(baseline, baseline)).toBe(0.5);
  });

  test('is unknown over a baseline that never converted', () => {
    expect(chanceToWin({ visits: 9, conversions: 3 }, { visits: 9, conversions: 0 })).toBeNull();
  });
});

describe('the verdict', () => {
  test('names the winner of a clear difference', () => {
    const verdict = judge([
      { name: 'Spring', visits: 21_306, conversions: 122 },
      { name: 'Summer', visits: 21_307, conversions: 267 },
    ]);
    expect(verdict).toMatchObject({ leader: 1, decided: true });
    expect(verdict.sentence).toContain('Summer converts better than Spring: 1.25 % of its visits');
  });

  test('says how many more visits are needed while there is no telling', () => {
    const verdict = judge([
      { name: 'A', visits: 500, conversions: 20 },
      { name: 'B', visits: 520, conversions: 30 },
    ]);
    // (1.96 √(2·0.0488·0.9512) + 0.8416 √(0.04·0.96 + 0.0577·0.9423))² / 0.0177² = 2,329 each.
    expect(verdict).toMatchObject({ leader: 1, decided: false });
    expect(verdict.sentence).toBe('Not yet enough data: about 1,800 more visits each.');
  });

  test('two rates of 4 % and 6 % need 1,863 visits each', () => {
    expect(visitsNeeded(0.04, 0.06)).toBe(1_863);
    expect(visitsNeeded(0.05, 0.05)).toBeNull();
  });

  test('among several it asks more of each difference', () => {
    const pair = [
      { name: 'A', visits: 1_000, conversions: 50 },
      { name: 'B', visits: 1_000, conversions: 71 },
    ];
    expect(judge(pair).decided).toBe(true);
    expect(judge([...pair, { name: 'C', visits: 1_000, conversions: 50 }]).decided).toBe(false);
  });

  test('asks for no more visits of those that are told apart already', () => {
    const [early, late] = [
      { name: 'Early', visits: 300, conversions: 12 },
      { name: 'Late', visits: 300, conversions: 25 },
    ];
    expect(visitsNeeded(0.04, 25 / 300)).toBeGreaterThan(300);
    expect(judge([early, late])).toMatchObject({ decided: true, standings: [{ more_visits_each: 0 }, {}] });
    const three = judge([early, late, { name: 'Near', visits: 300, conversions: 23 }]);
    expect(three).toMatchObject({ decided: false, leader: 1 });
    const told = judge([{ ...early, conversions: 8 }, late, { name: 'Near', visits: 300, conversions: 23 }]);
    expect(told.standings.map(({ more_visits_each }) => more_visits_each === 0)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('does not compare what cannot be compared', () => {
    const seen = { name: 'A', visits: 100, conversions: 3 };
    expect(judge([seen, { name: 'B', visits: 0, conversions: 0 }]).sentence).toContain('B has no visits');
    expect(judge([seen, { name: 'B', visits: 2, conversions: 5 }])).toMatchObject({
      leader: null,
      decided: false,
      standings: [{ chance_to_be_best: null }, { chance_to_be_best: null }],
    });
    expect(judge([seen, { ...seen, name: 'B' }]).sentence).toBe('No difference to be seen so far.');
  });
});

const smallTally = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
  .map(([conversions, lapses]) => ({ conversions, visits: conversions + lapses }));

/** P(rate of b > rate of a), as a finite sum over whole parameters. */
function closedForm(a: { visits: number; conversions: number }, b: { visits: number; conversions: number }) {
  const [alphaA, betaA] = [a.conversions + 1, a.visits - a.conversions + 1];
  const [alphaB, betaB] = [b.conversions + 1, b.visits - b.conversions + 1];
  let sum = 0;
  for (let i = 0; i < alphaB; i += 1) {
    sum += Math.exp(
      logBeta(alphaA + i, betaA + betaB) -
        Math.log(betaB + i) -
        logBeta(1 + i, betaB) -
        logBeta(alphaA, betaA),
    );
  }
  return sum;
}

function logBeta(a: number, b: number): number {
  return logFactorial(a - 1) + logFactorial(b - 1) - logFactorial(a + b - 1);
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let k = 2; k <= n; k += 1) sum += Math.log(k);
  return sum;
}
