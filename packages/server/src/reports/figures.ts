import type { Measures } from '../rollups/index.ts';
import { divideRounded, type Minor } from '../vocabulary/money.ts';

/** What figures are computed from. */
export type Sums = {
  measures: Measures;
  /** Null below a day, where spend has no time. */
  spend_minor: Minor | null;
  /** Whether orders and lines are counts of distinct ones: a sum over several subjects counts some of them twice. */
  counted_once: boolean;
};

/**
 * The figures of a subject over a range, in one currency, under one model. Integers, so that nothing is rounded before
 * it is shown: `_e2` are hundredths (of a percent), `_e4` ten-thousandths. What is divided by zero is null.
 */
export type Figures = {
  /** Sum of credited quantity. */
  units_e4: bigint;
  /** Sum of credited net revenue. */
  revenue_minor: Minor;
  /** Sum of credited profit where the cost is known; null when it is known of nothing. */
  profit_minor: Minor | null;
  /** The share of revenue whose cost is known. */
  profit_revenue_share_e4: bigint | null;
  /** Distinct orders with non-zero credit. */
  orders: bigint | null;
  /** Distinct order lines with non-zero credit. */
  lines: bigint | null;
  /** Sum of the spend dated in the range. */
  spend_minor: Minor | null;
  /** (revenue − spend) / spend × 100. */
  roi_e2: bigint | null;
  /** revenue / spend. */
  roas_e4: bigint | null;
  /** (profit − spend) / spend × 100. */
  profit_roi_e2: bigint | null;
  /** revenue / order equivalents; null as booked, where these are not known. */
  average_order_value_minor: Minor | null;
};

/** The figures of a range and, where they are compared, of the one before. */
export type Compared = { figures: Figures; previous: Figures | undefined };

export function figuresOf({ measures, spend_minor, counted_once }: Sums): Figures {
  const { units_e4, revenue_minor, known_cost_revenue_minor, orders, lines } = measures;
  const profit_minor = knownProfit(measures);
  return {
    units_e4,
    revenue_minor,
    profit_minor,
    profit_revenue_share_e4: ratioE4(known_cost_revenue_minor, revenue_minor),
    orders: counted_once ? orders : null,
    lines: counted_once ? lines : null,
    spend_minor,
    roi_e2: returnOn(revenue_minor, spend_minor),
    roas_e4: ratioE4(revenue_minor, spend_minor),
    profit_roi_e2: returnOn(profit_minor, spend_minor),
    average_order_value_minor: averageOrderValue(measures),
  };
}

/** What visits add to the figures of campaigns. */
export type VisitFigures = {
  /** By people; bots are apart. */
  visits: bigint;
  /** Distinct sessions among them, joined by customer where known; of its own range, so they do not add up. */
  unique_visitors: bigint;
  /** Orders with non-zero credit. */
  conversions: bigint | null;
  /** conversions / visits × 100. */
  conversion_rate_e2: bigint | null;
  /** spend / visits. */
  cost_per_visit_minor: Minor | null;
  /** spend / conversions. */
  cost_per_conversion_minor: Minor | null;
};

/** The same without the visitors, who are costly to count. */
export type RateFigures = Omit<VisitFigures, 'unique_visitors'>;

export function visitFiguresOf(
  { visits, unique_visitors }: { visits: bigint; unique_visitors: bigint },
  figures: Figures,
): VisitFigures {
  return { ...rateFiguresOf(visits, figures), unique_visitors };
}

export function rateFiguresOf(visits: bigint, { orders, spend_minor }: Figures): RateFigures {
  return {
    visits,
    conversions: orders,
    conversion_rate_e2: orders === null ? null : percentE2(orders, visits),
    cost_per_visit_minor: costPer(spend_minor, visits),
    cost_per_conversion_minor: costPer(spend_minor, orders),
  };
}

function costPer(spend_minor: Minor | null, count: bigint | null): Minor | null {
  return spend_minor === null || count === null || count <= 0n ? null : divideRounded(spend_minor, count);
}

/** Sum of credited profit. Unknown cost is unknown profit: null when nothing that was credited has a known cost. */
export function knownProfit(measures: Measures): Minor | null {
  const { profit_minor, known_cost_revenue_minor, revenue_minor, units_e4, lines } = measures;
  const nothingKnown = profit_minor === 0n && known_cost_revenue_minor === 0n;
  const nothingCredited = revenue_minor === 0n && units_e4 === 0n && lines === 0n;
  return nothingKnown && !nothingCredited ? null : profit_minor;
}

/**
 * Credited revenue / order equivalents: the sum over orders of the share of the order's creditable revenue that the
 * subject holds. An order split half and half is half an order for each.
 */
export function averageOrderValue({ revenue_minor, order_share_e9 }: Measures): Minor | null {
  return order_share_e9 > 0n ? divideRounded(revenue_minor * 1_000_000_000n, order_share_e9) : null;
}

/** (gain − spend) / spend × 100, in hundredths of a percent: 41,500 on 33,500 is 23.88 %. */
export function returnOn(gain_minor: Minor | null, spend_minor: Minor | null): bigint | null {
  if (gain_minor === null || spend_minor === null) return null;
  return percentE2(gain_minor - spend_minor, spend_minor);
}

export type Tier = 'High ROI' | 'Good ROI' | 'Standard';

/** High ROI from 100 %, Good ROI from 50 %, else Standard; by the exact return, not by the one shown. */
export function tierOf({ revenue_minor, spend_minor }: Pick<Figures, 'revenue_minor' | 'spend_minor'>): Tier {
  if (spend_minor === null || spend_minor <= 0n) return 'Standard';
  if (revenue_minor >= 2n * spend_minor) return 'High ROI';
  return 2n * revenue_minor >= 3n * spend_minor ? 'Good ROI' : 'Standard';
}

/** part / whole × 100, in hundredths of a percent; of a whole that is zero or less, null. */
export function percentE2(part: bigint, whole: bigint): bigint | null {
  return whole > 0n ? divideRounded(part * 10_000n, whole) : null;
}

/** part / whole, in ten-thousandths; of a whole that is zero or less, null. */
export function ratioE4(part: bigint, whole: bigint | null): bigint | null {
  return whole !== null && whole > 0n ? divideRounded(part * 10_000n, whole) : null;
}

/** Change from what was to what is, in hundredths of a percent of what was; null when that was zero or unknown. */
export function changeE2(now: bigint | null, before: bigint | null): bigint | null {
  if (now === null || before === null) return null;
  return percentE2(now - before, before < 0n ? -before : before);
}
