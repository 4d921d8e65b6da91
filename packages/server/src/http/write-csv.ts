import { type Options, stringify } from 'csv-stringify/sync';
import type { Reply } from '../vocabulary/route.ts';

/**
 * Rows as RFC 4180 with a header. Null is an empty cell, numbers are plain decimals, an instant is ISO 8601 and
 * nested values are JSON. Text that a spreadsheet would run as a formula is preceded by an apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvOf({ rows, columns }: NonNullable<Reply['csv']>): string {
  const names = columns ?? Object.keys(rows[0] ?? {});
  const lines = rows.map(
    (row) => plainLine(names, row) ?? stringify([names.map((name) => row[name])], format),
  );
  return stringify([], { ...format, header: true, columns: names }) + lines.join('');
}

const format: Options = {
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
};

/**
 * A row in which nothing is to be quoted or escaped, as nearly all of a report; undefined for any other. Looking whether
 * it is one takes a sixth of the time of writing it with every care.
 */
function plainLine(names: string[], row: Record<string, unknown>): string | undefined {
  let line = '';
  for (const name of names) {
    const cell = row[name] ?? '';
    if (typeof cell === 'number') line += `,${decimalText(cell)}`;
    else if (typeof cell === 'string' && plainText.test(cell)) line += `,${cell}`;
    else return undefined;
  }
  return names.length > 1 ? `${line.slice(1)}\r\n` : undefined;
}

// A plain number, or what begins with a letter or a digit and holds neither a delimiter nor a quote.
const plainText = /^(?:-\d+(?:\.\d+)?|[\p{L}\d][^",\r\n]*)?$/u;

// csv-stringify takes five times as long for a cell with options, so only what would be taken for a formula gets some.
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
