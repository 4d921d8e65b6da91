import { twoSidedChance, z_97_5 } from './normal-distribution.ts';

/** How often something that could happen did. */
export type Tally = { visits: number; conversions: number };

/** How the rate of one differs from that of another. Rates are shares, 0 to 1. */
export type ProportionTest = {
  difference: number;
  /** The difference lies in it with a confidence of 95 %. */
  interval: { from: number; to: number };
  /** Null where neither, or every visit of both, converted: there is nothing to compare by. */
  z: number | null;
  /** The chance of a difference at least as large where there is none. */
  p_value: number | null;
};

/**
 * The two-proportion z test, with the variance pooled as under "no difference", and the 95 % interval of the difference
 * by Newcombe's hybrid of two Wilson intervals, which holds near 0 and 1 too (Newcombe, "Interval estimation for the
 * difference between independent proportions", Statistics in Medicine 17, 1998, method 10).
 *
 * @returns undefined where one of them has no visit, or more conversions than visits: then these are no shares
 */
export function testProportions(a: Tally, b: Tally): ProportionTest | undefined {
  if (!isShare(a) || !isShare(b)) return undefined;
  const [rateA, rateB] = [rateOf(a), rateOf(b)];
  const pooled = (a.conversions + b.conversions) / (a.visits + b.visits);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / a.visits + 1 / b.visits));
  const difference = rateA - rateB;
  const z = deviation === 0 ? null : difference / deviation;
  const [wilsonA, wilsonB] = [wilson(a), wilson(b)];
  return {
    difference,
    interval: {
      from: difference - Math.hypot(rateA - wilsonA.from, wilsonB.to - rateB),
      to: difference + Math.hypot(wilsonA.to - rateA, rateB - wilsonB.from),
    },
    z,
    p_value: z === null ? null : twoSidedChance(z),
  };
}

/** Whether conversions are a share of the visits. */
export function isShare({ visits, conversions }: Tally): boolean {
  return visits > 0 && conversions >= 0 && conversions <= visits;
}

export function rateOf({ visits, conversions }: Tally): number {
  return conversions / visits;
}

/** The 95 % score interval of one share (Wilson, 1927). */
function wilson(tally: Tally): { from: number; to: number } {
  const { visits } = tally;
  const rate = rateOf(tally);
  const square = z_97_5 ** 2;
  const middle = rate + square / (2 * visits);
  const reach = z_97_5 * Math.sqrt((rate * (1 - rate)) / visits + square / (4 * visits ** 2));
  const scale = 1 + square / visits;
  return { from: (middle - reach) / scale, to: (middle + reach) / scale };
}
