import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalNumber, formatDecimal, parseDecimal } from './decimal.ts';

test('a decimal as a number is the one its text means, of any size', () => {
  const integers = fc.oneof(
    fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }),
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  );
  fc.assert(
    fc.property(integers, fc.integer({ min: 0, max: 6 }), (value, decimals) => {
      expect(decimalNumber(value, decimals)).toBe(Number(formatDecimal(value, decimals)));
    }),
  );
});

test('a decimal that is written is read back the same', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      fc.integer({ min: 0, max: 6 }),
      (value, decimals) => {
        expect(parseDecimal(formatDecimal(value, decimals), decimals)).toBe(value);
        expect(parseDecimal(decimalNumber(value, decimals), decimals)).toBe(value);
      },
    ),
  );
});
