import type { LineValue } from '../../vocabulary/credit.ts';
import { type Claim, shareExactly } from '../../vocabulary/share-exactly.ts';

/**
 * Divides the revenue of lines among claims so that both claims and lines add up exactly: the total is split once by the
 * weights; then each line in turn is split in proportion to what is left of each claim's part, so that no part ever has
 * the wrong sign.
 *
 * @returns for each line its parts in minor units, in the order of the claims
 */
export function divideRevenue(
  lines: Pick<LineValue, 'revenue_minor'>[],
  claims: Pick<Claim<unknown>, 'weight'>[],
): bigint[][] {
  const total = lines.reduce((sum, line) => sum + line.revenue_minor, 0n);
  let left = partsOf(
    total,
    claims.map(({ weight }) => weight),
  );
  return lines.map(({ revenue_minor }) => {
    const parts = partsOf(revenue_minor, left);
    left = left.map((rest, place) => rest - parts[place]!);
    return parts;
  });
}

function partsOf(amount: bigint, weights: bigint[]): bigint[] {
  return shareExactly(
    amount,
    weights.map((weight) => ({ key: undefined, weight })),
  ).map(({ part }) => part);
}
