/** The points that leave 2.5 % and 20 % of a standard normal distribution above them. */
export const z_97_5 = 1.959963984540054;
export const z_80 = 0.8416212335729143;

/**
 * The chance that a standard normal variable lies further from zero than z, on either side.
 *
 * Near zero by the series of the distribution function (Marsaglia, "Evaluating the normal distribution", 2004), further
 * out by the continued fraction of its tail, which keeps its digits however small it gets (Abramowitz and Stegun 26.2.14).
 */
export function twoSidedChance(z: number): number {
  const distance = Math.abs(z);
  const density = Math.exp((-distance * distance) / 2) / Math.sqrt(2 * Math.PI);
  if (distance < 3) {
    let term = distance;
    let sum = distance;
    for (let n = 3; term > sum * 1e-17; n += 2) {
      term *= (distance * distance) / n;
      sum += term;
    }
    return 1 - 2 * density * sum;
  }
  let tail = distance;
  for (let n = 60; n >= 1; n -= 1) tail = distance + n / tail;
  return (2 * density) / tail;
}
