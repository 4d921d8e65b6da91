import { twoSidedChance } from './normal-distribution.ts';
import { isShare, rateOf, type Tally } from './two-proportion-test.ts';

/**
 * The probability that a rate is above that of a baseline, from the relative lift between them: normal by the delta
 * method, with a flat prior on the lift. It is what experiment platforms call the chance to win. Being relative to the
 * baseline, it is not quite one less that of the opposite question, and differs from the chance to be best in the third
 * digit.
 *
 * @returns null where the baseline did not convert, or neither varies
 */
export function chanceToWin(tally: Tally, baseline: Tally): number | null {
  if (!isShare(tally) || !isShare(baseline) || baseline.conversions === 0) return null;
  const rate = rateOf(tally);
  const base = rateOf(baseline);
  const variance = varianceOf(tally) / base ** 2 + (varianceOf(baseline) * rate ** 2) / base ** 4;
  if (variance === 0) return null;
  const z = (rate / base - 1) / Math.sqrt(variance);
  const beyond = twoSidedChance(z) / 2;
  return z > 0 ? 1 - beyond : beyond;
}

function varianceOf(tally: Tally): number {
  const rate = rateOf(tally);
  return (rate * (1 - rate)) / tally.visits;
}
