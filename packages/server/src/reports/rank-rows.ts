import type { ReportQuery, SortField } from './ask/report-query.ts';
import type { Figures } from './figures.ts';

const figureOf: Record<SortField, keyof Figures> = {
  revenue: 'revenue_minor',
  profit: 'profit_minor',
  units: 'units_e4',
  orders: 'orders',
  spend: 'spend_minor',
  roi: 'roi_e2',
  roas: 'roas_e4',
  profit_roi: 'profit_roi_e2',
  average_order_value: 'average_order_value_minor',
};

/**
 * Rows in the order asked for, the highest revenue first by default; what is unknown comes last in either direction.
 * Equal ones stand by revenue, then by `name`, so that the same question has the same answer.
 */
export function rankRows<Row extends { figures: Figures }>(
  rows: Row[],
  { sort = 'revenue', order = 'desc' }: Pick<ReportQuery, 'sort' | 'order'>,
  name: (row: Row) => string,
): Row[] {
  const figure = figureOf[sort];
  return [...rows].sort(
    (a, b) =>
      compareKnown(a.figures[figure], b.figures[figure], order) ||
      compare(b.figures.revenue_minor, a.figures.revenue_minor) ||
      compare(name(a), name(b)),
  );
}

/** What is unknown comes last in either direction. */
export function compareKnown(a: bigint | null, b: bigint | null, order: 'asc' | 'desc'): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return order === 'asc' ? compare(a, b) : compare(b, a);
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
