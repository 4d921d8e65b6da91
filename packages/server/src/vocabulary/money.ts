import { codes as isoCodes, code as isoCurrency } from 'currency-codes';
import { decimalNumber, formatDecimal, parseDecimal } from './decimal.ts';

/** An amount in the smallest unit of its currency: cents of a euro, yen, thousandths of a dinar. */
export type Minor = bigint;

/** Amounts beyond this lose cents in a JSON number, so they are refused on the way in. */
const largestMinor = 10n ** 15n;

/** Decimals of an ISO 4217 currency: 2 for EUR, 0 for JPY, 3 for BHD. Undefined for what is not a currency. */
export function currencyDecimals(currency: string): number | undefined {
  return decimalsByCurrency.get(currency);
}

const decimalsByCurrency = new Map(isoCodes().map((iso) => [iso, isoCurrency(iso)?.digits ?? 2]));

/** `12.34` or `"12.34"` in EUR → 1234n. Undefined when it is no number, too large, or finer than the currency. */
export function parseMoney(amount: number | string, currency: string): Minor | undefined {
  const decimals = currencyDecimals(currency);
  if (decimals === undefined) return undefined;
  const minor = parseDecimal(amount, decimals);
  return minor === undefined || minor > largestMinor || minor < -largestMinor ? undefined : minor;
}

/** 1234n in EUR → 12.34, a number whose shortest decimal form is exact. */
export function formatMoney(minor: Minor, currency: string): number {
  return decimalNumber(minor, currencyDecimals(currency) ?? 2);
}

/** 1230n in EUR → `12.30`, with all of the currency's decimals, for text and CSV. */
export function moneyText(minor: Minor, currency: string): string {
  return formatDecimal(minor, currencyDecimals(currency) ?? 2);
}

/** Quantity (ten-thousandths) × unit price, rounded half away from zero, once. */
export function priceOf(quantityE4: bigint, unitPriceMinor: Minor): Minor {
  return divideRounded(quantityE4 * unitPriceMinor, 10_000n);
}

/** numerator / denominator, rounded half away from zero. The denominator is positive. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}
