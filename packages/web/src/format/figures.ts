import type { Figures, VisitFigures } from '../api/types/report.ts';
import { formatAmount, formatMoney, formatShortMoney } from './money.ts';
import { formatCount, formatPercent, formatQuantity, formatRatio, formatShort } from './number.ts';

export type FigureName = Exclude<keyof Figures, 'profit_revenue_share'>;
type AnyFigureName = FigureName | keyof VisitFigures;

type Unit = 'money' | 'count' | 'quantity' | 'percent' | 'ratio';

export type FigureWords = {
  label: string;
  unit: Unit;
  definition: string;
  better: 'more' | 'less' | 'neither';
};

/** Every figure once: what it is called, and what it is. */
export const figures: Record<AnyFigureName, FigureWords> = {
  revenue: {
    label: 'Revenue',
    unit: 'money',
    definition: 'Credited net revenue, after discounts and refunds.',
    better: 'more',
  },
  profit: {
    label: 'Profit',
    unit: 'money',
    definition:
      'Credited profit where the cost is known; “–” when it is known of nothing. Without tax and shipping.',
    better: 'more',
  },
  spend: {
    label: 'Spend',
    unit: 'money',
    definition: 'Spend entries dated in the range.',
    better: 'neither',
  },
  roi: {
    label: 'ROI',
    unit: 'percent',
    definition: '(revenue − spend) ÷ spend × 100; “–” without spend.',
    better: 'more',
  },
  roas: {
    label: 'ROAS',
    unit: 'ratio',
    definition: 'Credited revenue ÷ spend; “–” without spend.',
    better: 'more',
  },
  orders: {
    label: 'Orders',
    unit: 'count',
    definition:
      'Distinct orders with credit. An order of two campaigns counts for each, and once in a total.',
    better: 'more',
  },
  lines: {
    label: 'Lines',
    unit: 'count',
    definition: 'Distinct order lines with credit.',
    better: 'more',
  },
  units: { label: 'Units', unit: 'quantity', definition: 'Credited quantity.', better: 'more' },
  average_order_value: {
    label: 'Average order',
    unit: 'money',
    definition: 'Credited revenue ÷ orders, an order split half and half being half an order for each.',
    better: 'more',
  },
  profit_roi: {
    label: 'Profit ROI',
    unit: 'percent',
    definition: '(profit − spend) ÷ spend × 100; “–” without spend or known profit.',
    better: 'more',
  },
  visits: {
    label: 'Visits',
    unit: 'count',
    definition: 'Visits by people: bots and your own traffic are kept apart.',
    better: 'more',
  },
  unique_visitors: {
    label: 'Visitors',
    unit: 'count',
    definition: 'Distinct people among the visits of the range. They do not add up over days or campaigns.',
    better: 'more',
  },
  conversions: {
    label: 'Conversions',
    unit: 'count',
    definition: 'Orders with credit under the model.',
    better: 'more',
  },
  conversion_rate: {
    label: 'Conversion rate',
    unit: 'percent',
    definition: 'Conversions ÷ visits × 100.',
    better: 'more',
  },
  cost_per_visit: {
    label: 'Cost per visit',
    unit: 'money',
    definition: 'Spend ÷ visits.',
    better: 'less',
  },
  cost_per_conversion: {
    label: 'Cost per conversion',
    unit: 'money',
    definition: 'Spend ÷ conversions.',
    better: 'less',
  },
};

/** A figure for a cell; its unit stands in the header. */
export function formatFigure(
  name: AnyFigureName,
  value: number | null | undefined,
  currency: string,
): string {
  return formatUnit(figures[name].unit, value, currency);
}

/** A value of a unit for a cell; the unit stands in the header. */
export function formatUnit(unit: Unit, value: number | null | undefined, currency: string): string {
  switch (unit) {
    case 'money':
      return formatAmount(value, currency);
    case 'count':
      return formatCount(value);
    case 'quantity':
      // Shares of units go down to ten-thousandths, which say nothing in a sum.
      return formatQuantity(value == null ? value : Math.round(value * 100) / 100);
    case 'percent':
      return formatPercent(value);
    case 'ratio':
      return formatRatio(value);
  }
}

/** A figure by itself, with its unit, shortened where it is long. */
export function formatFigureShort(
  name: AnyFigureName,
  value: number | null | undefined,
  currency: string,
): string {
  return formatUnitShort(figures[name].unit, value, currency);
}

/** A value of a unit by itself, shortened where it is long. */
export function formatUnitShort(unit: Unit, value: number | null | undefined, currency: string): string {
  if (unit === 'money') return formatShortMoney(value, currency);
  if (unit === 'count' || unit === 'quantity') return formatShort(value);
  return unit === 'percent' ? formatPercent(value) : formatRatio(value);
}

/** A figure by itself, whole. */
export function formatFigureWhole(
  name: AnyFigureName,
  value: number | null | undefined,
  currency: string,
): string {
  return figures[name].unit === 'money' ? formatMoney(value, currency) : formatFigure(name, value, currency);
}

/** The header of a figure's column. */
export function figureHeader(name: AnyFigureName, currency: string): string {
  const { label, unit } = figures[name];
  return unit === 'money' ? `${label} (${currency})` : label;
}
