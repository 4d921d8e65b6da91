import { type RawBuilder, sql } from 'kysely';
import { bucketOf, grainMilliseconds } from './buckets.ts';
import type { Piece } from './cut-range.ts';

/** A piece with the spans that it is added to or taken from, by their places. */
export type UsedPiece = Omit<Piece, 'times'> & { uses: { slot: number; times: 1n | -1n }[] };

/** Each piece once, whichever spans it is added to or taken from: days that meet away from UTC midnight share an edge. */
export function distinctPieces(spans: Piece[][]): UsedPiece[] {
  const known = new Map<string, UsedPiece>();
  for (const [slot, pieces] of spans.entries()) {
    for (const { grain, from, to, times } of pieces) {
      const key = `${grain}|${from?.getTime()}|${to?.getTime()}`;
      const piece = known.get(key) ?? { grain, from, to, uses: [] };
      known.set(key, piece);
      piece.uses.push({ slot, times: times === 1 ? 1n : -1n });
    }
  }
  return [...known.values()];
}

/** The pieces as rows `piece (grain, starts, ends, place)`, the first at place 1. */
export function asRows(pieces: UsedPiece[]): RawBuilder<unknown> {
  return sql`unnest(
    ${pieces.map(({ grain }) => grain)}::text[],
    ${pieces.map(({ from }) => from ?? '-infinity')}::timestamptz[],
    ${pieces.map(({ to }) => to ?? 'infinity')}::timestamptz[]
  ) with ordinality as piece (grain, starts, ends, place)`;
}

export type ClosedPiece = UsedPiece & { from: Date; to: Date };

/**
 * The pieces in the order of time, where they can be summed in one walk along an index: none is open or overlaps the
 * next, there are many, and more of the time from the first to the last lies in them than between them.
 */
export function asRow(pieces: UsedPiece[]): ClosedPiece[] | undefined {
  const all = inOrder(pieces);
  if (all === undefined) return undefined;
  const within = all.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
  return 2 * within > all.at(-1)!.to.getTime() - all[0]!.from.getTime() ? all : undefined;
}

/** The pieces in the order of time, where they are many edges of UTC days: none is open, overlaps the next or leaves its day. */
export function asEdges(pieces: UsedPiece[]): ClosedPiece[] | undefined {
  const all = inOrder(pieces);
  return all?.every(isWithinDay) ? all : undefined;
}

function inOrder(pieces: UsedPiece[]): ClosedPiece[] | undefined {
  const all = pieces.filter((piece): piece is ClosedPiece => piece.from !== null && piece.to !== null);
  all.sort((a, b) => a.from.getTime() - b.from.getTime());
  const overlaps = all.some(({ from }, place) => place > 0 && from < all[place - 1]!.to);
  return all.length < pieces.length || all.length <= 10 || overlaps ? undefined : all;
}

function isWithinDay({ grain, from, to }: ClosedPiece): boolean {
  return grain === 'quarter' && to.getTime() - bucketOf(from, 'day').getTime() <= grainMilliseconds.day;
}
