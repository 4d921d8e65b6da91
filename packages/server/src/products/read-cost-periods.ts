import type { FieldFault } from '../vocabulary/errors.ts';
import type { amountReader } from '../vocabulary/read-amounts.ts';
import type { ProductInput } from './product-input.ts';
import { type CostPeriod, sinceEver } from './unit-cost.ts';

/** The cost periods of a product as sent, in the order of time; two of one currency may not overlap. */
export function readCostPeriods(
  { cost, costs = [] }: Pick<ProductInput, 'cost' | 'costs'>,
  defaultCurrency: string,
  read: ReturnType<typeof amountReader>,
  faults: FieldFault[],
): CostPeriod[] {
  if (cost !== undefined && costs.length > 0) {
    faults.push({ path: 'costs', message: 'is every period of the cost; leave cost out beside it' });
  }
  const periods = costs
    .map(({ unit_cost, currency = defaultCurrency, from, to }, place) => ({
      place,
      currency,
      unit_cost_minor: read.money(`costs.${place}.unit_cost`, unit_cost, currency),
      period: { from: from ?? sinceEver, to: to ?? null },
    }))
    .sort((a, b) => a.period.from.getTime() - b.period.from.getTime());
  for (const [at, { place, currency, period }] of periods.entries()) {
    if (period.to !== null && period.to <= period.from) {
      faults.push({ path: `costs.${place}.to`, message: 'must lie after from' });
    }
    const last = periods.slice(0, at).findLast((each) => each.currency === currency);
    if (last !== undefined && (last.period.to === null || last.period.to > period.from)) {
      faults.push({
        path: `costs.${place}.from`,
        message: `lies within costs.${last.place}; end that before`,
      });
    }
  }
  return periods.map(({ place: _, ...period }) => period);
}
