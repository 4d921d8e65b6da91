import type { Credit, Evidence, LineValue } from '../../vocabulary/credit.ts';
import { shareExactly } from '../../vocabulary/share-exactly.ts';
import { divideRevenue } from './divide-revenue.ts';

/**
 * Divides a whole order among campaigns, so that both campaigns and lines add up to the cent (ruling 10); shipping and
 * tax come last, as line 0. Pieces and profit of a line follow the weights.
 *
 * @param weights what each campaign weighs, > 0; credit is divided in proportion
 */
export function divideOrder(evidence: Evidence, weights: ReadonlyMap<string, bigint>): Credit[] {
  const claims = evidence.precedence.flatMap((key) => {
    const weight = weights.get(key);
    return weight === undefined ? [] : [{ key, weight }];
  });
  const lines: LineValue[] = [...evidence.lines, evidence.rest];
  const revenues = divideRevenue(lines, claims);
  return lines.flatMap(({ line_no, quantity_e4, profit_minor }, at) => {
    const quantities = shareExactly(quantity_e4, claims);
    const profits = profit_minor === null ? null : shareExactly(profit_minor, claims);
    return claims.map(({ key }, place) => ({
      line_no,
      campaign_id: key,
      quantity_e4: quantities[place]!.part,
      revenue_minor: revenues[at]![place]!,
      profit_minor: profits === null ? null : profits[place]!.part,
      matched_count: claims.length,
    }));
  });
}
