import { z } from 'zod';
import { decimalNumber } from '../../vocabulary/decimal.ts';
import { formatMoney } from '../../vocabulary/money.ts';
import { formatQuantity } from '../../vocabulary/quantity.ts';
import { type Compared, changeE2, type Figures } from '../figures.ts';

const shown = (description: string) => z.number().nullable().meta({ description });

/** Figures as the API shows them: money as decimals of the currency, percentages with two decimals, ratios with four. */
export const figuresData = z.object({
  units: z.number().meta({ description: 'Sum of credited quantity' }),
  revenue: z.number().meta({ description: 'Sum of credited net revenue' }),
  profit: shown('Sum of credited profit where the cost is known; null when it is known of nothing'),
  profit_revenue_share: shown('The share of revenue whose cost is known, from 0 to 1'),
  orders: shown('Distinct orders with non-zero credit; null where they would be counted twice'),
  lines: shown('Distinct order lines with non-zero credit; null where they would be counted twice'),
  spend: shown('Sum of the spend dated in the range; null below a day'),
  roi: shown('(revenue − spend) / spend × 100; null without spend'),
  roas: shown('revenue / spend; null without spend'),
  profit_roi: shown('(profit − spend) / spend × 100; null without spend or known profit'),
  average_order_value: shown(
    'revenue / order equivalents, an order split half and half being half an order for each; null as booked',
  ),
});
export type FiguresData = z.output<typeof figuresData>;

export function showFigures(figures: Figures, currency: string): FiguresData {
  const money = (minor: bigint | null) => (minor === null ? null : formatMoney(minor, currency));
  return {
    units: formatQuantity(figures.units_e4),
    revenue: formatMoney(figures.revenue_minor, currency),
    profit: money(figures.profit_minor),
    profit_revenue_share: ratio(figures.profit_revenue_share_e4),
    orders: count(figures.orders),
    lines: count(figures.lines),
    spend: money(figures.spend_minor),
    roi: percent(figures.roi_e2),
    roas: ratio(figures.roas_e4),
    profit_roi: percent(figures.profit_roi_e2),
    average_order_value: money(figures.average_order_value_minor),
  };
}

/** How figures changed, in percent of what they were. Returns are percentages themselves, and have none. */
export const changeData = z.object({
  units: z.number().nullable(),
  revenue: z.number().nullable(),
  profit: z.number().nullable(),
  orders: z.number().nullable(),
  lines: z.number().nullable(),
  spend: z.number().nullable(),
  roas: z.number().nullable(),
  average_order_value: z.number().nullable(),
});
export type ChangeData = z.output<typeof changeData>;

export function showChange(now: Figures, before: Figures): ChangeData {
  const change = (of: keyof Figures) => percent(changeE2(now[of], before[of]));
  return {
    units: change('units_e4'),
    revenue: change('revenue_minor'),
    profit: change('profit_minor'),
    orders: change('orders'),
    lines: change('lines'),
    spend: change('spend_minor'),
    roas: change('roas_e4'),
    average_order_value: change('average_order_value_minor'),
  };
}

/** What `compare=previous` adds to a row. */
export const comparedData = z.object({ previous: figuresData.optional(), change: changeData.optional() });

export function showCompared({ figures, previous }: Compared, currency: string) {
  if (previous === undefined) return {};
  return { previous: showFigures(previous, currency), change: showChange(figures, previous) };
}

/** The columns that `compare=previous` adds to a CSV. */
export const comparedColumns = {
  previous: Object.keys(figuresData.shape),
  change: Object.keys(changeData.shape),
};

export function percent(e2: bigint | null): number | null {
  return e2 === null ? null : decimalNumber(e2, 2);
}

export function ratio(e4: bigint | null): number | null {
  return e4 === null ? null : decimalNumber(e4, 4);
}

export function count(number: bigint | null): number | null {
  return number === null ? null : Number(number);
}
