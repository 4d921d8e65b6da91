import type { TimeSeries } from './time-series.ts';

const lineHeight = 13;
// Of a chart as it is mostly drawn; labels that end up a little further apart than they must do no harm.
const drawnHeight = 210;

/** How many pixels the name at the end of each line is moved down, so that no two stand on each other. */
export function endLabelShifts(series: Pick<TimeSeries, 'values'>[]): number[] {
  const highest = Math.max(1, ...series.flatMap(({ values }) => values.filter((value) => value !== null)));
  const heights = series.map(({ values }) => {
    const end = values.findLast((value) => value !== null) ?? 0;
    return (1 - end / highest) * drawnHeight;
  });
  const shifts = series.map(() => 0);
  let lowest = Number.NEGATIVE_INFINITY;
  for (const place of series.map((_, place) => place).sort((a, b) => heights[a]! - heights[b]! || a - b)) {
    const free = Math.max(heights[place]!, lowest + lineHeight);
    shifts[place] = Math.round(free - heights[place]!);
    lowest = free;
  }
  return shifts;
}
