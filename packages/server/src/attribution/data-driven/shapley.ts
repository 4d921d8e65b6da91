import type { CountedPath } from './counted-path.ts';

/** A campaign's Shapley value: the conversions it brought, on average over every order of joining the others. */
export type ShapleyValue = { campaign_id: string; conversions: number };

/**
 * The Shapley values of the campaigns in the game v(S) = the conversions of the paths whose campaigns all lie in S.
 *
 * That game is a sum of unanimity games, one a path: it is won once all campaigns of the path have joined, and its
 * Shapley value is the same for each of them. So each path shares its conversions equally among its distinct campaigns,
 * which takes one pass instead of 2ⁿ coalitions. (Shapley, "A value for n-person games", 1953; Zhao, Mahboobi and
 * Bagheri, "Shapley value methods for attribution modeling in online advertising", 2018.)
 *
 * @returns sorted by campaign; campaigns that took part in no conversion have a value of zero
 */
export function learnShapley(paths: Iterable<CountedPath>): ShapleyValue[] {
  const values = openShapley();
  for (const path of paths) values.add(path);
  return values.values();
}

/** The same, fed with one path after the other. */
export function openShapley(): { add(path: CountedPath): void; values(): ShapleyValue[] } {
  const sums = new Map<string, number>();
  return {
    add({ campaign_ids, conversions }) {
      const distinct = new Set(campaign_ids);
      for (const campaign_id of distinct) {
        sums.set(campaign_id, (sums.get(campaign_id) ?? 0) + conversions / distinct.size);
      }
    },
    values: () => [...sums.keys()].sort().map((id) => ({ campaign_id: id, conversions: sums.get(id)! })),
  };
}
