import { contains, type Period } from '../vocabulary/period.ts';

/** Everything known of what a product costs: by period, and by batch. In several currencies side by side. */
export type ProductCosts = {
  costs: CostPeriod[];
  batches: BatchCost[];
};
export type CostPeriod = { currency: string; unit_cost_minor: bigint; period: Period };
export type BatchCost = { batch: string; currency: string; unit_cost_minor: bigint };

/** A sold line, as far as its cost depends on it. */
export type CostedLine = { unit_cost_minor: bigint | null; batch: string | null; currency: string; at: Date };

/** The start of a period that has none: the earliest instant a Date can hold. */
export const sinceEver = new Date(-8.64e15);

/**
 * What one piece of a line cost: as given by the source, else its batch's cost, else the product's in force at the
 * sale, each in the line's currency. Undefined when unknown, which makes the profit unknown and never the whole price.
 */
export function unitCostOf(
  line: CostedLine,
  known: ProductCosts | undefined,
): { unit_cost_minor: bigint; given_by: 'line' | 'batch' | 'product' } | undefined {
  if (line.unit_cost_minor !== null) return { unit_cost_minor: line.unit_cost_minor, given_by: 'line' };
  const batch = known?.batches.find((each) => each.batch === line.batch && each.currency === line.currency);
  if (batch !== undefined) return { unit_cost_minor: batch.unit_cost_minor, given_by: 'batch' };
  const inForce = known?.costs.find(
    (each) => each.currency === line.currency && contains(each.period, line.at),
  );
  return inForce && { unit_cost_minor: inForce.unit_cost_minor, given_by: 'product' };
}
