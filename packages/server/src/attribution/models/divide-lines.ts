import type { LineValue } from '../../vocabulary/credit.ts';
import { type Claim, shareExactly } from '../../vocabulary/share-exactly.ts';

/** What somebody has of a line. */
export type Part<K> = LineValue & { key: K };

/**
 * Divides lines among claims so that both claims and lines add up exactly: the total is split once by the weights; then
 * each line in turn is split in proportion to what is left of each claim's part, so that no part ever has the wrong
 * sign. Pieces and profit of a line follow the weights.
 *
 * @returns line by line, the parts in the order of the claims; none without claims
 */
export function divideLines<K>(lines: LineValue[], claims: Claim<K>[]): Part<K>[] {
  const total = lines.reduce((sum, line) => sum + line.revenue_minor, 0n);
  const left = new Map(shareExactly(total, claims).map(({ key, part }) => [key, part]));
  return lines.flatMap(({ line_no, quantity_e4, revenue_minor, profit_minor }) => {
    const revenues = shareExactly(
      revenue_minor,
      claims.map(({ key }) => ({ key, weight: left.get(key)! })),
    );
    for (const { key, part } of revenues) left.set(key, left.get(key)! - part);
    const quantities = shareExactly(quantity_e4, claims);
    const profits = profit_minor === null ? null : shareExactly(profit_minor, claims);
    return claims.map(({ key }, place) => ({
      key,
      line_no,
      quantity_e4: quantities[place]!.part,
      revenue_minor: revenues[place]!.part,
      profit_minor: profits === null ? null : profits[place]!.part,
    }));
  });
}
