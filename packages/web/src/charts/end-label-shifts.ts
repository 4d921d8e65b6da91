import type { TimeSeries } from './time-series.ts';

const lineHeight = 13;
// The least that the values can be drawn over: 210 pixels, of an axis that ends up to half as high again as they do.
// Names that end up a little further apart than they must do no harm.
const drawnHeight = 140;

/**
 * How many pixels the name at the end of each line is moved, so that no two stand on each other and none below the
 * chart. Bars have no name at their end.
 */
export function endLabelShifts(series: Pick<TimeSeries, 'values' | 'kind'>[]): number[] {
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const highest = Math.max(1, ...known);
  const range = highest - Math.min(0, ...known);
  const heights = series.map(({ values }) => {
    const end = values.findLast((value) => value !== null) ?? 0;
    return ((highest - end) / range) * drawnHeight;
  });
  const lines = series.flatMap(({ kind }, place) => (kind === 'bar' ? [] : [place]));
  const ordered = lines.toSorted((a, b) => heights[a]! - heights[b]! || a - b);
  const places = series.map((_, place) => heights[place]!);
  let lowest = Number.NEGATIVE_INFINITY;
  for (const place of ordered) {
    places[place] = Math.max(heights[place]!, lowest + lineHeight);
    lowest = places[place];
  }
  let highestFree = drawnHeight;
  for (const place of ordered.reverse()) {
    places[place] = Math.min(places[place]!, highestFree);
    highestFree = places[place] - lineHeight;
  }
  return places.map((at, place) => Math.round(at - heights[place]!));
}
