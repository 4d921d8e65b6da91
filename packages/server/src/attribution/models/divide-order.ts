import type { Credit, Evidence, LineValue } from '../../vocabulary/credit.ts';
import { type Claim, shareExactly } from '../../vocabulary/share-exactly.ts';

/**
 * Divides a whole order among campaigns so that both campaigns and lines add up to the cent (ruling 10): the total is
 * split once by the weights; then each line in turn, and shipping and tax as line 0 at last, is split in proportion to
 * what is left of each campaign's share, so that no part ever has the wrong sign.
 *
 * Pieces and profit of a line follow the weights.
 *
 * @param weights what each campaign weighs, > 0; credit is divided in proportion
 */
export function divideOrder(evidence: Evidence, weights: ReadonlyMap<string, bigint>): Credit[] {
  const claims: Claim<string>[] = evidence.precedence.flatMap((key) => {
    const weight = weights.get(key);
    return weight === undefined ? [] : [{ key, weight }];
  });
  if (claims.length === 0) return [];
  const lines: LineValue[] = [...evidence.lines, evidence.rest];
  const total = lines.reduce((sum, line) => sum + line.revenue_minor, 0n);
  const left = new Map(shareExactly(total, claims).map(({ key, part }) => [key, part]));
  return lines.flatMap((line) => {
    const revenues = shareExactly(
      line.revenue_minor,
      claims.map(({ key }) => ({ key, weight: left.get(key)! })),
    );
    for (const { key, part } of revenues) left.set(key, left.get(key)! - part);
    const quantities = shareExactly(line.quantity_e4, claims);
    const profits = line.profit_minor === null ? null : shareExactly(line.profit_minor, claims);
    return claims.map(({ key }, place) => ({
      line_no: line.line_no,
      campaign_id: key,
      quantity_e4: quantities[place]!.part,
      revenue_minor: revenues[place]!.part,
      profit_minor: profits === null ? null : profits[place]!.part,
      matched_count: claims.length,
    }));
  });
}
