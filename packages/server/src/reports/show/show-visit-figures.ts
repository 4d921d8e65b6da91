import { z } from 'zod';
import { formatMoney } from '../../vocabulary/money.ts';
import { changeE2, type RateFigures, type VisitFigures } from '../figures.ts';
import { count, percent } from './show-figures.ts';

/** Figures of visits as the API shows them. */
export const visitFiguresData = z.object({
  visits: z.int().meta({ description: 'Visits by people; bots are apart' }),
  unique_visitors: z.int().meta({
    description:
      'Distinct sessions, joined by customer where known; counted for its own range, so they do not add up',
  }),
  conversions: z
    .int()
    .nullable()
    .meta({ description: 'Orders with non-zero credit; null where they would be counted twice' }),
  conversion_rate: z.number().nullable().meta({ description: 'conversions / visits × 100' }),
  cost_per_visit: z.number().nullable().meta({ description: 'spend / visits' }),
  cost_per_conversion: z.number().nullable().meta({ description: 'spend / conversions' }),
});

export function showVisitFigures(figures: VisitFigures, currency: string): z.output<typeof visitFiguresData> {
  const { visits, ...rates } = showRateFigures(figures, currency);
  return { visits, unique_visitors: Number(figures.unique_visitors), ...rates };
}

/** The same without the visitors. */
export const rateFiguresData = visitFiguresData.omit({ unique_visitors: true });

export function showRateFigures(figures: RateFigures, currency: string): z.output<typeof rateFiguresData> {
  const money = (minor: bigint | null) => (minor === null ? null : formatMoney(minor, currency));
  return {
    visits: Number(figures.visits),
    conversions: count(figures.conversions),
    conversion_rate: percent(figures.conversion_rate_e2),
    cost_per_visit: money(figures.cost_per_visit_minor),
    cost_per_conversion: money(figures.cost_per_conversion_minor),
  };
}

/** How they changed, in percent of what they were. A rate is a percentage itself, and has none. */
export const visitChangeData = z.object({
  visits: z.number().nullable(),
  unique_visitors: z.number().nullable(),
  conversions: z.number().nullable(),
  cost_per_visit: z.number().nullable(),
  cost_per_conversion: z.number().nullable(),
});

export function showVisitChange(now: VisitFigures, before: VisitFigures): z.output<typeof visitChangeData> {
  const change = (of: keyof VisitFigures) => percent(changeE2(now[of], before[of]));
  return {
    visits: change('visits'),
    unique_visitors: change('unique_visitors'),
    conversions: change('conversions'),
    cost_per_visit: change('cost_per_visit_minor'),
    cost_per_conversion: change('cost_per_conversion_minor'),
  };
}
