/** The median of milliseconds, or another share of them, to a tenth. */
export function percentile(milliseconds: number[], share = 0.5): number {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor((sorted.length - 1) * share)]! * 10) / 10;
}

/**
 * How long each of `times` runs took, in milliseconds, after a few that warm the caches; of at least five, where all of
 * them would take longer than `mostMs`.
 */
export async function timed(
  times: number,
  run: () => Promise<unknown>,
  mostMs = Number.POSITIVE_INFINITY,
): Promise<number[]> {
  for (let warm = 0; warm < 3; warm += 1) await run();
  const took: number[] = [];
  const until = performance.now() + mostMs;
  for (let turn = 0; turn < times && (turn < 5 || performance.now() < until); turn += 1) {
    const started = performance.now();
    await run();
    took.push(performance.now() - started);
  }
  return took;
}
