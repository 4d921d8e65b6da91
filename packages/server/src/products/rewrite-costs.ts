import type { Period } from '../vocabulary/period.ts';
import { type CostPeriod, sinceEver } from './unit-cost.ts';

/**
 * The cost periods of a product in one currency when from an instant on it costs this much. Without an instant, a
 * first cost holds since ever, so that a sale before it has a cost, and a later different one holds from now.
 *
 * @param held the periods of one currency, in order, none overlapping
 * @param cost in minor units; `from` may lie in the past, which overrules whatever was known from there on
 * @returns undefined when this is what is held already
 */
export function rewriteCosts(
  held: CostPeriod[],
  cost: { currency: string; unit_cost_minor: bigint; from: Date | undefined },
  now: Date,
): { costs: CostPeriod[]; from: Date } | undefined {
  const from = cost.from ?? (held.length === 0 ? sinceEver : now);
  const wanted = cost.unit_cost_minor;
  const fromThere = held.filter(({ period }) => period.to === null || period.to > from);
  // Without an instant only the present is asked about: a cost already planned for later stays planned.
  const asked = cost.from === undefined ? fromThere.slice(0, 1) : fromThere;
  const holds = asked.length > 0 && asked[0]!.period.from <= from;
  if (holds && asked.every((each) => each.unit_cost_minor === wanted)) return undefined;

  const before = held
    .filter(({ period }) => period.from < from)
    .map((each) => ({ ...each, period: cutAt(each.period, from) }));
  const last = before.at(-1);
  const joins = last?.unit_cost_minor === wanted && last.period.to?.getTime() === from.getTime();
  const start = joins ? last.period.from : from;
  return {
    costs: [
      ...(joins ? before.slice(0, -1) : before),
      { currency: cost.currency, unit_cost_minor: wanted, period: { from: start, to: null } },
    ],
    from,
  };
}

function cutAt(period: Period, at: Date): Period {
  return { from: period.from, to: period.to === null || period.to > at ? at : period.to };
}
