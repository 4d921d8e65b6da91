import { decimalNumber, parseDecimal } from './decimal.ts';

/** A quantity in ten-thousandths: one piece is 10_000n, a third of a kilo 3_333n. */
export type QuantityE4 = bigint;

const largestE4 = 10n ** 14n;

/** `1.5` → 15000n. Undefined when it is no number, too large, or finer than a ten-thousandth. */
export function parseQuantity(quantity: number | string): QuantityE4 | undefined {
  const e4 = parseDecimal(quantity, 4);
  return e4 === undefined || e4 > largestE4 || e4 < -largestE4 ? undefined : e4;
}

/** 15000n → 1.5 */
export function formatQuantity(e4: QuantityE4): number {
  return decimalNumber(e4, 4);
}
