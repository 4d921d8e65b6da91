import { formatDecimal, parseDecimal } from '../../../vocabulary/decimal.ts';
import { divideRounded } from '../../../vocabulary/money.ts';

/** How a file writes numbers. */
export type Notation = { decimal: '.' | ','; thousands?: string };

/** What a cell comes to: a value for the API, or why it cannot be read. */
export type Reading = { value: string | number | boolean } | { fault: string };

/** `1.234,5` with a decimal comma and points between thousands → `1234.5`. */
export function readNumber(text: string, { decimal, thousands }: Notation): Reading {
  const [whole, fraction, ...more] = text.split(decimal);
  const sign = /^[+-]/.exec(whole!)?.[0] ?? '';
  const digits = plainDigits(whole!.slice(sign.length), thousands);
  if (digits !== undefined && more.length === 0 && /^\d*$/.test(fraction ?? '')) {
    const value = `${sign === '-' ? '-' : ''}${digits}${fraction ? `.${fraction}` : ''}`;
    return { value };
  }
  const between = thousands === undefined ? '' : ` and "${thousands}" between thousands`;
  return {
    fault: `"${text}" is no number written with a decimal "${decimal}"${between}; set numbers in the mapping, or mend the row`,
  };
}

function plainDigits(whole: string, thousands: string | undefined): string | undefined {
  if (/^\d+$/.test(whole)) return whole;
  if (thousands === undefined) return undefined;
  // Spreadsheets put no-break spaces where people see spaces.
  const groups = whole.split(thousands === ' ' ? /[ \u00a0\u202f]/ : thousands);
  const isGrouped = groups.every((group, place) => (place === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
  return isGrouped ? groups.join('') : undefined;
}

// Ad platforms write millionths of a unit; twelve decimals hold those of any cell we are likely to add up.
const decimals = 12;

/**
 * Adds decimals up exactly, moves the point, and prints the sum without trailing zeros; undefined when one of them is no
 * plain decimal.
 */
export function addUp(numbers: (number | string)[], divideBy = 1): string | undefined {
  let sum = 0n;
  for (const number of numbers) {
    const exact = parseDecimal(number, decimals);
    if (exact === undefined) return undefined;
    sum += exact;
  }
  return shortest(sum, decimals + String(divideBy).length - 1);
}

/** Rounded half away from zero to so many decimals. */
export function roundTo(text: string, places: number): string {
  const finest = Math.max(text.split('.')[1]?.length ?? 0, places);
  const exact = parseDecimal(text, finest)!;
  return shortest(divideRounded(exact, 10n ** BigInt(finest - places)), places);
}

function shortest(value: bigint, places: number): string {
  const text = formatDecimal(value, places);
  return places === 0 ? text : text.replace(/\.?0+$/, '');
}
