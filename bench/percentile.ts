/** The median of milliseconds, or another share of them, to a tenth. */
export function percentile(milliseconds: number[], share = 0.5): number {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor((sorted.length - 1) * share)]! * 10) / 10;
}

/** How long each of `times` runs took, in milliseconds, after a few that warm the caches. */
export async function timed(times: number, run: () => Promise<unknown>): Promise<number[]> {
  for (let warm = 0; warm < 3; warm += 1) await run();
  const took: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const started = performance.now();
    await run();
    took.push(performance.now() - started);
  }
  return took;
}
