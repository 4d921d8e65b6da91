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

/** The same measures as an object of their own, to be added to: adding thousands of them to zeros takes five times as long. */
export function copyOf(measures: Measures): Measures {
  return {
    units_e4: measures.units_e4,
    revenue_minor: measures.revenue_minor,
    profit_minor: measures.profit_minor,
    known_cost_revenue_minor: measures.known_cost_revenue_minor,
    orders: measures.orders,
    lines: measures.lines,
    order_share_e9: measures.order_share_e9,
  };
}

/** Adds `times` × `more` to `sum`, in place. Each by its name: a walk over the names takes three times as long. */
export function addMeasures(sum: Measures, more: Measures, times: 1n | -1n = 1n): void {
  if (times === 1n) {
    sum.units_e4 += more.units_e4;
    sum.revenue_minor += more.revenue_minor;
    sum.profit_minor += more.profit_minor;
    sum.known_cost_revenue_minor += more.known_cost_revenue_minor;
    sum.orders += more.orders;
    sum.lines += more.lines;
    sum.order_share_e9 += more.order_share_e9;
  } else {
    sum.units_e4 -= more.units_e4;
    sum.revenue_minor -= more.revenue_minor;
    sum.profit_minor -= more.profit_minor;
    sum.known_cost_revenue_minor -= more.known_cost_revenue_minor;
    sum.orders -= more.orders;
    sum.lines -= more.lines;
    sum.order_share_e9 -= more.order_share_e9;
  }
}

export function isNothing(measures: Measures): boolean {
  return measureNames.every((name) => measures[name] === 0n);
}
