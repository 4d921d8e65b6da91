import type { CustomerFigures } from './customer-figures.ts';
import type { CustomersRow } from './read-customers.ts';

const figureOf = {
  customers: 'customers',
  new_customer_revenue: 'new_customer_revenue_minor',
  spend: 'spend_minor',
  cac: 'cac_minor',
  revenue_to_date: 'revenue_to_date_minor',
  ltv: 'ltv_minor',
  ltv_to_cac: 'ltv_to_cac_e4',
} as const satisfies Record<string, keyof CustomerFigures>;

export type CustomerSort = keyof typeof figureOf;
export const customerSorts = Object.keys(figureOf) as [CustomerSort, ...CustomerSort[]];

/**
 * Rows by month, and within one by the customers acquired; or all by the figure asked for, what is unknown last in
 * either direction. Equal ones stand by name, so that the same question has the same answer.
 */
export function rankCustomers(
  rows: CustomersRow[],
  {
    sort,
    order = sort === undefined ? undefined : 'desc',
  }: { sort?: CustomerSort | undefined; order?: 'asc' | 'desc' | undefined },
): CustomersRow[] {
  const byFigure =
    (name: keyof CustomerFigures, direction: 'asc' | 'desc') => (a: CustomersRow, b: CustomersRow) =>
      compareKnown(a.figures[name], b.figures[name], direction);
  const asked =
    sort === undefined
      ? [byMonth(order ?? 'asc'), byFigure('customers', 'desc')]
      : [byFigure(figureOf[sort], order ?? 'desc')];
  const comparisons = [...asked, byFigure('revenue_to_date_minor', 'desc'), byName, byMonth('asc')];
  return rows.toSorted((a, b) => {
    for (const compareRows of comparisons) {
      const compared = compareRows(a, b);
      if (compared !== 0) return compared;
    }
    return 0;
  });
}

function byMonth(direction: 'asc' | 'desc') {
  const time = ({ month }: CustomersRow) => month?.from.getTime() ?? 0;
  return (a: CustomersRow, b: CustomersRow) => (direction === 'asc' ? time(a) - time(b) : time(b) - time(a));
}

function byName(a: CustomersRow, b: CustomersRow): number {
  const name = ({ campaign }: CustomersRow) => campaign?.name ?? '';
  return name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0;
}

function compareKnown(a: bigint | null, b: bigint | null, direction: 'asc' | 'desc'): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const compared = a < b ? -1 : a > b ? 1 : 0;
  return direction === 'asc' ? compared : -compared;
}
