import type { FieldFault } from './errors.ts';
import { currencyDecimals, type Minor, parseMoney } from './money.ts';
import { parseQuantity, type QuantityE4 } from './quantity.ts';

/**
 * Reads the amounts of an input that is checked as a whole: a faulty one is noted at its path and read as zero, so that
 * every fault is named at once.
 */
export function amountReader(faults: FieldFault[]) {
  return {
    /** An amount of money that is not negative. */
    money(path: string, amount: number | string, currency: string): Minor {
      const minor = parseMoney(amount, currency);
      if (minor !== undefined && minor >= 0n) return minor;
      const decimals = currencyDecimals(currency);
      const message =
        minor !== undefined
          ? 'must not be negative'
          : `must be an amount of ${currency} with at most ${decimals} decimals; round it before you send it`;
      faults.push({ path, message });
      return 0n;
    },
    /** A quantity above zero. */
    quantity(path: string, quantity: number | string): QuantityE4 {
      const e4 = parseQuantity(quantity);
      if (e4 !== undefined && e4 > 0n) return e4;
      const message =
        e4 === undefined ? 'must be a number with at most 4 decimals' : 'must be more than zero';
      faults.push({ path, message });
      return 0n;
    },
  };
}
