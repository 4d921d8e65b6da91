import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Piece } from '../cut-range.ts';
import { asRow, asRows, type ClosedPiece, distinctPieces, type UsedPiece } from '../pieces.ts';
import { isUnchanged, type Summed } from './read-summed.ts';

export type Dimension = 'visits' | 'kept_apart' | 'device' | 'country' | 'channel';

/** A campaign, and under which label it is counted. */
export type Member = { label: number; campaign_id: string };

/** What the rollups hold of a label in a span. */
export type Sum = { slot: number; label: number; dimension: Dimension; value: string; visits: bigint };

export type SumQuestion = { dimensions: Dimension[]; members: Member[]; summed: Summed };

/**
 * Sums rows of the rollups.
 * @param spans the pieces of each span; their places are the slots of the answer
 */
export async function sumPieces(db: Database, question: SumQuestion, spans: Piece[][]): Promise<Sum[]> {
  const sums: Sum[] = [];
  const pieces = distinctPieces(spans);
  for (const grain of ['day', 'quarter'] as const) {
    const those = pieces.filter((piece) => piece.grain === grain);
    if (those.length === 0) continue;
    const row = asRow(those);
    const found = row === undefined ? await sumEach(db, question, those) : await sumRow(db, question, row);
    for (const { place, visits, ...of } of found) {
      for (const { slot, times } of (row ?? those)[place - 1]!.uses) {
        sums.push({ slot, ...of, visits: times * visits });
      }
    }
  }
  return sums;
}

type Found = Omit<Sum, 'slot'> & { place: number };

/** Many pieces that lie closely, in one walk along the index; each row finds its piece by its time. */
async function sumRow(db: Database, question: SumQuestion, pieces: ClosedPiece[]): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select r.place, ${labelOf(question, sql`r.campaign_id`)} as label, r.dimension, r.value, sum(r.visits)::bigint as visits
      from (
        select *, width_bucket(bucket, ${pieces.map(({ from }) => from)}::timestamptz[]) as place
          from visit_rollups r
         where ${asked(question)} and r.grain = ${pieces[0]!.grain}
           and r.bucket >= ${pieces[0]!.from} and r.bucket < ${pieces.at(-1)!.to}
      ) r
     where r.bucket < (${pieces.map(({ to }) => to)}::timestamptz[])[r.place]
     group by 1, 2, 3, 4`.execute(db);
  return rows;
}

/** Each piece by itself, along the index. */
async function sumEach(db: Database, question: SumQuestion, pieces: UsedPiece[]): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select piece.place::int, held.*
      from ${asRows(pieces)}
      cross join lateral (
        select ${labelOf(question, sql`r.campaign_id`)} as label, r.dimension, r.value, sum(r.visits)::bigint as visits
          from visit_rollups r
         where ${asked(question)} and r.grain = piece.grain
           and r.bucket >= piece.starts and r.bucket < piece.ends
         group by 1, 2, 3
      ) held`.execute(db);
  return rows;
}

/** Which label a campaign is counted under. A join would hide from the planner how many rows there are. */
export function labelOf(
  { members }: Pick<SumQuestion, 'members'>,
  campaignId: RawBuilder<unknown>,
): RawBuilder<number> {
  const labels = members.map(({ label }) => label);
  if (new Set(labels).size === 1) return sql<number>`${labels[0]}::int`;
  const ids = members.map(({ campaign_id }) => campaign_id);
  return sql<number>`(${labels}::int[])[array_position(${ids}::uuid[], ${campaignId})]`;
}

function asked({ dimensions, members, summed }: SumQuestion): RawBuilder<boolean> {
  return sql<boolean>`r.campaign_id = any(${members.map(({ campaign_id }) => campaign_id)}::uuid[])
    and r.dimension = any(${dimensions}::text[]) and ${isUnchanged(summed, sql`r.campaign_id`, sql`r.bucket`)}`;
}
