import { stringify } from 'csv-stringify/sync';
import type { Reply } from '../vocabulary/route.ts';

/**
 * Rows as RFC 4180 with a header. Null is an empty cell, numbers are plain decimals, an instant is ISO 8601 and
 * nested values are JSON. Text that a spreadsheet would run as a formula is preceded by an apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvOf({ rows, columns }: NonNullable<Reply['csv']>): string {
  return stringify(rows, {
    header: true,
    columns: columns ?? Object.keys(rows[0] ?? {}),
    record_delimiter: '\r\n',
    // Of itself it quotes what holds the whole delimiter only, and readers take half of it for the end of a row too.
    quoted_match: /[\r\n]/,
    escape_formulas: true,
    cast: {
      string: numberAsIs,
      number: (number) => numberAsIs(decimalText(number)),
      bigint: (integer) => numberAsIs(integer.toString()),
      boolean: String,
      date: (date) => date.toISOString(),
      object: (nested) => JSON.stringify(nested),
    },
  });
}

// Options of its own take a cell five times as long, so only one that would be taken for a formula has any.
function numberAsIs(text: string) {
  return plainNumber.test(text) ? { value: text, escape_formulas: false } : text;
}

const plainNumber = /^-\d+(\.\d+)?$/;

// 1e-7 and 1e21 are numbers to us and text to a spreadsheet.
function decimalText(number: number): string {
  const text = String(number);
  return text.includes('e') ? plainly.format(number) : text;
}

const plainly = new Intl.NumberFormat('en', { useGrouping: false, maximumFractionDigits: 20 });
