import type { CreditableLine } from './measure-order.ts';

/**
 * What an order added to the rollups of creditable sales when it was last settled: kept with its settlement, so that
 * the next one takes back exactly that. Integers as text, since JSON numbers end at 2⁵³.
 */
export type Coverage = {
  sale_time: string;
  currency: string;
  /** The model versions under which the order's status carries credit. */
  counted_by: string[];
  lines: CoveredLine[];
};

type CoveredLine = [line_no: number, quantity_e4: string, revenue_minor: string, profit_minor: string | null];

/** The coverage of an order, from the lines that could be credited and the versions that count it. */
export function coverageOf(
  order: {
    sale_time: Date;
    currency: string;
    lines: {
      line_no: number;
      quantity_e4: bigint;
      revenue_minor: bigint;
      profit_minor: bigint | null;
    }[];
  },
  countedBy: string[],
): Coverage {
  return {
    sale_time: order.sale_time.toISOString(),
    currency: order.currency,
    counted_by: [...countedBy].sort(),
    lines:
      countedBy.length === 0
        ? []
        : order.lines.map((line) => [
            line.line_no,
            String(line.quantity_e4),
            String(line.revenue_minor),
            line.profit_minor === null ? null : String(line.profit_minor),
          ]),
  };
}

/** The coverages of an order after some versions have been settled anew: those leave the old ones for the new ones. */
export function replaceCoverage(
  old: Coverage[],
  settled: ReadonlySet<string>,
  renewed: Coverage[],
): Coverage[] {
  return [...withoutVersions(old, (id) => settled.has(id)), ...renewed].filter(
    ({ counted_by }) => counted_by.length > 0,
  );
}

/** The coverages without the versions that are to be left out. */
export function withoutVersions(coverages: Coverage[], leaveOut: (id: string) => boolean): Coverage[] {
  return coverages.map((coverage) => ({
    ...coverage,
    counted_by: coverage.counted_by.filter((id) => !leaveOut(id)),
  }));
}

/** The lines of a coverage, as they are measured. */
export function creditableOf(coverage: Coverage): CreditableLine[] {
  return coverage.lines.map(([line_no, quantity, revenue, profit]) => ({
    line_no,
    quantity_e4: BigInt(quantity),
    revenue_minor: BigInt(revenue),
    profit_minor: BigInt(profit ?? 0),
    profit_known: profit !== null,
  }));
}
