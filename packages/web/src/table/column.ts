import type { ReactNode } from 'react';

/** A value that a table sorts by and a CSV holds; null is unknown and always comes last. */
export type CellValue = string | number | boolean | null | undefined;

export type Column<Row> = {
  id: string;
  /** The unit stands in it, not in each cell: "Revenue (EUR)". */
  header: string;
  /** What the figure means, shown where the header is pointed at or focused. */
  definition?: string;
  value: (row: Row) => CellValue;
  /** How it is shown; the value as text when absent. */
  cell?: (row: Row) => ReactNode;
  numeric?: boolean;
  /** False where an order by it would mean nothing. */
  sorts?: boolean;
  /** Left out on a phone. */
  wide?: boolean;
};
