import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareExactly } from './share-exactly.ts';

const parts = (amount: bigint, weights: bigint[]) =>
  shareExactly(
    amount,
    weights.map((weight, key) => ({ key, weight })),
  ).map(({ part }) => part);

describe('an amount is divided exactly', () => {
  test.each<[string, bigint, bigint[], bigint[]]>([
    ['100.00 in three: the spare cent goes to the first', 100_00n, [1n, 1n, 1n], [33_34n, 33_33n, 33_33n]],
    ['-100.00 in three: the same, with its sign', -100_00n, [1n, 1n, 1n], [-33_34n, -33_33n, -33_33n]],
    ['one cent in three', 1n, [1n, 1n, 1n], [1n, 0n, 0n]],
    ['140.00 by 40/20/40', 140_00n, [40n, 20n, 40n], [56_00n, 28_00n, 56_00n]],
    ['the larger remainder wins over the earlier place', 10n, [1n, 5n], [2n, 8n]],
    ['a weight of zero gets nothing while others have weight', 7n, [0n, 1n], [0n, 7n]],
    ['all weights zero: equally', 5n, [0n, 0n], [3n, 2n]],
    ['nothing is divided into nothings', 0n, [3n, 4n], [0n, 0n]],
    ['among nobody', 5n, [], []],
  ])('%s', (_, amount, weights, expected) => {
    expect(parts(amount, weights)).toEqual(expected);
  });

  const weights = fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 40 });
  const amounts = fc.bigInt(-(10n ** 15n), 10n ** 15n);

  test('the parts add up to the amount, none is off its due by a whole unit, none has the wrong sign', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, weights) => {
        const given = parts(amount, weights);
        const total = weights.reduce((sum, weight) => sum + weight, 0n);
        expect(given.reduce((sum, part) => sum + part, 0n)).toBe(amount);
        for (const [place, part] of given.entries()) {
          expect(amount < 0n ? part <= 0n : part >= 0n).toBe(true);
          const weight = total === 0n ? 1n : weights[place]!;
          const off = part * (total === 0n ? BigInt(weights.length) : total) - amount * weight;
          expect(off < 0n ? -off : off).toBeLessThan(total === 0n ? BigInt(weights.length) : total);
        }
      }),
    );
  });

  test('dividing a negative amount mirrors dividing the positive one', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, weights) => {
        expect(parts(-amount, weights)).toEqual(parts(amount, weights).map((part) => -part));
      }),
    );
  });
});
