/** Somebody who takes part in a split, and how much of it is theirs. */
export type Claim<K> = { key: K; weight: bigint };

/**
 * Divides an integer amount in proportion to weights so that the parts add up to it exactly: the largest-remainder
 * method (Hamilton) on absolute values. Each part is the floor of its due; the units left over go one each to the
 * largest remainders, ties to the claim that stands first. 100.00 in three: 33.34 + 33.33 + 33.33.
 *
 * @param amount integer, of either sign; the parts carry its sign
 * @param claims weights ≥ 0 in order of precedence; when all are zero the amount is divided equally
 * @returns the parts, in the order of the claims; empty when there are no claims
 */
export function shareExactly<K>(amount: bigint, claims: Claim<K>[]): { key: K; part: bigint }[] {
  if (claims.length === 0) return [];
  const sum = claims.reduce((total, claim) => total + claim.weight, 0n);
  const weightOf = (claim: Claim<K>) => (sum === 0n ? 1n : claim.weight);
  const total = sum === 0n ? BigInt(claims.length) : sum;
  const magnitude = amount < 0n ? -amount : amount;

  const due = claims.map((claim, place) => {
    const product = magnitude * weightOf(claim);
    return { place, floor: product / total, remainder: product % total };
  });
  let left = Number(magnitude - due.reduce((given, share) => given + share.floor, 0n));
  const luckiest = [...due].sort((a, b) => compare(b.remainder, a.remainder) || a.place - b.place);
  for (const share of luckiest) {
    if (left === 0) break;
    share.floor += 1n;
    left -= 1;
  }
  return claims.map((claim, place) => {
    const part = due[place]!.floor;
    return { key: claim.key, part: amount < 0n ? -part : part };
  });
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
