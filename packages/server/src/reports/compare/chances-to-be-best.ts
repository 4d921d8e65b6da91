import { type Beta, chanceBelow, densityAt, deviationOf, meanOf } from './beta-distribution.ts';
import type { Tally } from './two-proportion-test.ts';

/**
 * For each of several, the probability that its true rate is the highest, after what was seen and with nothing known
 * before (flat priors): ∫ density of its rate × the chance that every other's lies below, dx.
 *
 * Integrated numerically, never sampled: the range is cut where any of the distributions bends, and each piece taken by
 * a Gauss–Legendre rule of twelve points.
 *
 * @param tallies conversions must be a share of the visits; none at all is allowed
 * @returns they add up to one
 */
export function chancesToBeBest(tallies: Tally[]): number[] {
  const posteriors = tallies.map(({ visits, conversions }) => ({
    a: conversions + 1,
    b: visits - conversions + 1,
  }));
  const chances = posteriors.map(() => 0);
  const cuts = cutsOf(posteriors);
  for (const [place, to] of cuts.entries()) {
    if (place > 0) addPiece(posteriors, cuts[place - 1]!, to, chances);
  }
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
}

// Of a rate's own deviation, from its mean; beyond eight nothing is left that shows in twelve digits.
const bends = [-8, -6, -4.5, -3, -2, -1, 0, 1, 2, 3, 4.5, 6, 8, 12, 20];

function cutsOf(posteriors: Beta[]): number[] {
  const cuts = posteriors.flatMap((posterior) =>
    bends.map((bend) => meanOf(posterior) + bend * deviationOf(posterior)),
  );
  return [...new Set([0, ...cuts.filter((cut) => cut > 0 && cut < 1), 1])].sort((a, b) => a - b);
}

function addPiece(posteriors: Beta[], from: number, to: number, chances: number[]): void {
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  for (const { node, weight } of rule) {
    const x = middle + half * node;
    const densities = posteriors.map((posterior) => densityAt(posterior, x));
    if (densities.every((density) => density === 0)) continue;
    const below = posteriors.map((posterior) => chanceBelow(posterior, x));
    for (const [place, density] of densities.entries()) {
      const others = below.reduce(
        (product, chance, other) => (other === place ? product : product * chance),
        1,
      );
      chances[place]! += weight * half * density * others;
    }
  }
}

const rule = gaussLegendre(12);

/** Nodes and weights on [-1, 1]: the roots of the Legendre polynomial, by Newton's method. */
function gaussLegendre(points: number): { node: number; weight: number }[] {
  return Array.from({ length: points }, (_, place) => {
    let node = Math.cos((Math.PI * (place + 0.75)) / (points + 0.5));
    let slope = 0;
    for (let step = 0; step < 10; step += 1) {
      let [last, value] = [1, node];
      for (let n = 2; n <= points; n += 1) {
        [last, value] = [value, ((2 * n - 1) * node * value - (n - 1) * last) / n];
      }
      slope = (points * (node * value - last)) / (node * node - 1);
      node -= value / slope;
    }
    return { node, weight: 2 / ((1 - node * node) * slope * slope) };
  });
}
