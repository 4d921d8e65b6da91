import { groupBy } from '../../vocabulary/group-by.ts';
import { type Period, without } from '../../vocabulary/period.ts';
import type { Span } from '../../vocabulary/reach.ts';
import type { History } from '../campaign.ts';

/** Like `Span`, with the products always named. */
export type ReachedSpan = Span & { from: Date; to: Date | null; product_ids: string[] };

/**
 * The sales that a change of history can touch: those of the products concerned between the first and the last
 * instant at which something differs. Undefined when no sale can be touched: nothing differs, nothing is targeted,
 * or the campaign runs at no time, before as after.
 */
export function reachedSpan(before: History, after: History): ReachedSpan | undefined {
  if (before.running_periods.length + after.running_periods.length === 0) return undefined;
  const running = differences(before.running_periods, after.running_periods);
  const targetsBefore = periodsByProduct(before);
  const targetsAfter = periodsByProduct(after);
  const products = [...new Set([...targetsBefore.keys(), ...targetsAfter.keys()])];
  const targeted = products.map((product) => ({
    product,
    periods: differences(targetsBefore.get(product) ?? [], targetsAfter.get(product) ?? []),
  }));

  const product_ids =
    running.length > 0
      ? products
      : targeted.filter(({ periods }) => periods.length > 0).map(({ product }) => product);
  const changed = [...running, ...targeted.flatMap(({ periods }) => periods)];
  if (changed.length === 0 || product_ids.length === 0) return undefined;
  return { ...hull(changed), product_ids: product_ids.sort() };
}

function periodsByProduct({ targets }: History): Map<string, Period[]> {
  const groups = groupBy(targets, ({ product_id }) => product_id);
  return new Map([...groups].map(([product, rows]) => [product, rows.map(({ period }) => period)]));
}

/** What lies in one list of periods and not in the other. */
function differences(before: Period[], after: Period[]): Period[] {
  return [...after.reduce(without, before), ...before.reduce(without, after)];
}

function hull(periods: Period[]): { from: Date; to: Date | null } {
  const from = Math.min(...periods.map((period) => period.from.getTime()));
  const to = Math.max(...periods.map((period) => period.to?.getTime() ?? Number.POSITIVE_INFINITY));
  return { from: new Date(from), to: to === Number.POSITIVE_INFINITY ? null : new Date(to) };
}
