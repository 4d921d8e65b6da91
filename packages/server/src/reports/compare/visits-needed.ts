import { z_80, z_97_5 } from './normal-distribution.ts';

/**
 * How many visits each of two needs for a difference between these rates to be found four times in five (power 80 %)
 * by a test that finds one where there is none once in twenty (α 5 %, two-sided). (Fleiss, Levin and Paik, "Statistical
 * Methods for Rates and Proportions", 3rd edition, equation 4.14, without continuity correction.)
 *
 * @returns null where the rates are equal: no number of visits would tell them apart
 */
export function visitsNeeded(rateA: number, rateB: number): number | null {
  if (rateA === rateB) return null;
  const mean = (rateA + rateB) / 2;
  const alike = z_97_5 * Math.sqrt(2 * mean * (1 - mean));
  const different = z_80 * Math.sqrt(rateA * (1 - rateA) + rateB * (1 - rateB));
  return Math.ceil(((alike + different) / (rateA - rateB)) ** 2);
}
