import { bucketOf, type Grain, grainMilliseconds } from './buckets.ts';

/** A span of time; a missing bound is open. */
export type OpenSpan = { from: Date | null; to: Date | null };

/** Rows of one grain that are added to the answer, or taken away from it. */
export type Piece = OpenSpan & { grain: Grain; times: 1 | -1 };

/** Which rows answer for a span: whole days, the quarter hours at its edges, and slivers that no row holds. */
export type Parts = { grains: Piece[]; slivers: { from: Date; to: Date }[] };

/**
 * Cuts [from, to) so that a long range stays cheap and still ends exactly where it was asked to: whole UTC days from
 * the daily rows, the quarter hours at each edge from the finer ones (every time zone in use begins its day on a
 * quarter hour of UTC), and what is less than a quarter hour from the ledger itself.
 *
 * An edge is at most 48 quarter hours: those of a day that is mostly in the range are taken away from the whole of it.
 * A day of Berlin reads 17 rows instead of 96 for each subject.
 */
export function cutRange({ from, to }: OpenSpan): Parts {
  const slivers: Parts['slivers'] = [];
  let start = from;
  let end = to;
  if (start !== null && bucketOf(start, 'quarter') < start) {
    const next = new Date(bucketOf(start, 'quarter').getTime() + grainMilliseconds.quarter);
    slivers.push({ from: start, to: end !== null && end < next ? end : next });
    start = next;
  }
  if (end !== null && bucketOf(end, 'quarter') < end && (start === null || start < end)) {
    const last = bucketOf(end, 'quarter');
    slivers.push({ from: last, to: end });
    end = last;
  }
  return { grains: cutDays(start, end), slivers };
}

function cutDays(start: Date | null, end: Date | null): Piece[] {
  if (start !== null && end !== null) {
    if (start >= end) return [];
    // Whole days would take more rows: an hourly timeline is cut into thousands of such pieces.
    if (end.getTime() - start.getTime() <= grainMilliseconds.day / 2) {
      return [{ grain: 'quarter', from: start, to: end, times: 1 }];
    }
  }
  const from = nearestDay(start);
  const to = nearestDay(end);
  const pieces: Piece[] = [...edge(start, from), { grain: 'day', from, to, times: 1 }, ...edge(to, end)];
  if (start === null || end === null) return pieces;
  const isShort =
    from! >= to! || rowsOf(start, end, 'quarter') <= pieces.reduce((sum, piece) => sum + rowsIn(piece), 0);
  return isShort ? [{ grain: 'quarter', from: start, to: end, times: 1 }] : pieces;
}

/** The quarter hours from one bound to another, to be taken away when the second comes first. */
function edge(from: Date | null, to: Date | null): Piece[] {
  if (from === null || to === null || from.getTime() === to.getTime()) return [];
  return from < to
    ? [{ grain: 'quarter', from, to, times: 1 }]
    : [{ grain: 'quarter', from: to, to: from, times: -1 }];
}

function nearestDay(instant: Date | null): Date | null {
  if (instant === null) return null;
  return bucketOf(new Date(instant.getTime() + grainMilliseconds.day / 2), 'day');
}

function rowsIn({ from, to, grain }: Piece): number {
  return rowsOf(from!, to!, grain);
}

function rowsOf(from: Date, to: Date, grain: Grain): number {
  return (to.getTime() - from.getTime()) / grainMilliseconds[grain];
}
