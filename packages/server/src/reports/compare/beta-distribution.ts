/** A Beta distribution: what is known of a rate after so many conversions and lapses, with a flat prior one more each. */
export type Beta = { a: number; b: number };

export function meanOf({ a, b }: Beta): number {
  return a / (a + b);
}

export function deviationOf({ a, b }: Beta): number {
  return Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1)));
}

/** Its density at x, 0 < x < 1. */
export function densityAt({ a, b }: Beta, x: number): number {
  return Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta(a, b));
}

/**
 * The chance of a rate below x, 0 < x < 1: the regularised incomplete beta function, by its continued fraction and
 * Lentz's method (Press et al., "Numerical Recipes", 3rd edition, section 6.4).
 */
export function chanceBelow({ a, b }: Beta, x: number): number {
  if (x > (a + 1) / (a + b + 2)) return 1 - chanceBelow({ a: b, b: a }, 1 - x);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  if (front === 0) return 0;
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < mostTerms; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

// It takes about the root of the larger parameter: 100,000 terms are enough for ten thousand million visits.
const mostTerms = 100_000;

/** Not so near zero that it could not be divided by. */
function away(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** By Stirling's series, after stepping up to where it is exact to the last digit. */
function logGamma(value: number): number {
  let x = value;
  let shift = 0;
  while (x < 15) {
    shift += Math.log(x);
    x += 1;
  }
  const inverse = 1 / x;
  const square = inverse * inverse;
  const series =
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188)))));
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
