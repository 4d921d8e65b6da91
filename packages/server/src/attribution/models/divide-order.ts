import type { Credit, Evidence } from '../../vocabulary/credit.ts';
import { divideLines } from './divide-lines.ts';

/**
 * Divides a whole order among campaigns, so that both campaigns and lines add up to the cent (ruling 10).
 *
 * @param weights what each campaign weighs, > 0; credit is divided in proportion
 */
export function divideOrder(evidence: Evidence, weights: ReadonlyMap<string, bigint>): Credit[] {
  const claims = evidence.precedence.flatMap((key) => {
    const weight = weights.get(key);
    return weight === undefined ? [] : [{ key, weight }];
  });
  return divideLines([...evidence.lines, evidence.rest], claims).map(({ key, ...line }) => ({
    ...line,
    campaign_id: key,
    matched_count: claims.length,
  }));
}
