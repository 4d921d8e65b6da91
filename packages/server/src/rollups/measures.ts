/** What a rollup row sums, for one subject and one bucket of time. All integers, so sums are exact in any order. */
export type Measures = {
  units_e4: bigint;
  revenue_minor: bigint;
  /** Profit where the cost is known, and the revenue that it covers. */
  profit_minor: bigint;
  known_cost_revenue_minor: bigint;
  /** Orders and lines with credit that is not zero. */
  orders: bigint;
  lines: bigint;
  /** Order equivalents in billionths: the share of each order's creditable revenue that the subject holds. */
  order_share_e9: bigint;
};

export const measureNames = [
  'units_e4',
  'revenue_minor',
  'profit_minor',
  'known_cost_revenue_minor',
  'orders',
  'lines',
  'order_share_e9',
] as const satisfies readonly (keyof Measures)[];

export function noMeasures(): Measures {
  return {
    units_e4: 0n,
    revenue_minor: 0n,
    profit_minor: 0n,
    known_cost_revenue_minor: 0n,
    orders: 0n,
    lines: 0n,
    order_share_e9: 0n,
  };
}

/** Adds `times` × `more` to `sum`, in place. */
export function addMeasures(sum: Measures, more: Measures, times: 1n | -1n = 1n): void {
  if (times === 1n) for (const name of measureNames) sum[name] += more[name];
  else for (const name of measureNames) sum[name] -= more[name];
}

export function isNothing(measures: Measures): boolean {
  return measureNames.every((name) => measures[name] === 0n);
}
