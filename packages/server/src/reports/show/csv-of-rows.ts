import { currencyDecimals } from '../../vocabulary/money.ts';
import type { Reply } from '../../vocabulary/route.ts';

type Row = Record<string, unknown>;

/** Amounts of money, by the last words of their column. */
const money =
  /(^|_)(revenue|profit|spend|average_order_value|cost_per_visit|cost_per_conversion|revenue_to_date|ltv)$|^cac$/;

/**
 * A report's rows as CSV, with the same columns: money with all decimals of its currency, and what a row nests
 * (`previous`, `change`) in columns of its own, named after both.
 *
 * @param columns the columns in their order, so that a report without rows still has its header
 */
export function csvOfRows(
  report: string,
  rows: Row[],
  {
    columns,
    currency,
    nested = {},
  }: { columns: string[]; currency: string; nested?: Record<string, string[]> },
): NonNullable<Reply['csv']> {
  const decimals = currencyDecimals(currency) ?? 2;
  const flat = Object.entries(nested).flatMap(([outer, inner]) => inner.map((column) => ({ outer, column })));
  const cells = [
    ...columns.map((column) => ({
      name: column,
      isMoney: money.test(column),
      of: (row: Row) => row[column],
    })),
    ...flat.map(({ outer, column }) => ({
      name: `${outer}_${column}`,
      isMoney: outer !== 'change' && money.test(column),
      of: (row: Row) => (row[outer] as Row | null | undefined)?.[column],
    })),
  ];
  const flatten = () =>
    rows.map((row) => {
      const flattened: Row = {};
      for (const { name, isMoney, of } of cells) flattened[name] = cell(of(row), isMoney, decimals);
      return flattened;
    });
  return {
    filename: `${report}.csv`,
    columns: cells.map(({ name }) => name),
    // Only when CSV is what the caller prefers.
    get rows() {
      return flatten();
    },
  };
}

function cell(value: unknown, isMoney: boolean, decimals: number): unknown {
  return isMoney && typeof value === 'number' ? value.toFixed(decimals) : (value ?? null);
}
