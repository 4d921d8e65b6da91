import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { OpenSpan } from '../cut-range.ts';
import { isUnchanged } from './read-summed.ts';
import { type Dimension, labelOf, type Sum, type SumQuestion } from './sum-pieces.ts';

/** A span in which clicks themselves are counted, to be added to an answer or taken from it. */
export type Edge = OpenSpan & { slot: number; times: 1 | -1 };

/**
 * Counts clicks at the edges of spans where no row of the rollups ends, on unchanged days; before `until`, since what is
 * taken from the row of a day is no more than it holds.
 */
export async function countClicks(db: Database, question: SumQuestion, edges: Edge[]): Promise<Sum[]> {
  if (edges.length === 0) return [];
  const { members, summed, dimensions } = question;
  const { rows } = await sql<Sum>`
    select edge.slot, ${labelOf(question, sql`told.campaign_id`)} as label, told.dimension, told.value, sum(edge.times * told.visits)::bigint as visits
      from unnest(
             ${edges.map(({ slot }) => slot)}::int[], ${edges.map(({ times }) => times)}::int[],
             ${edges.map(({ from }) => from ?? '-infinity')}::timestamptz[],
             ${edges.map(({ to }) => to ?? 'infinity')}::timestamptz[]
           ) as edge (slot, times, starts, ends)
      cross join lateral (
        select campaign_id, dimension, value, count(*) as visits
          from clicks
          cross join lateral (values ${valuesOf(dimensions)}) as told (dimension, value)
         where ${isTold(dimensions)} and campaign_id = any(${members.map(({ campaign_id }) => campaign_id)}::uuid[])
           and clicked_at >= edge.starts and clicked_at < least(edge.ends, ${summed.until})
           and ${isUnchanged(summed, sql`campaign_id`, sql`clicked_at`)}
         group by 1, 2, 3
      ) told
     group by 1, 2, 3, 4`.execute(db);
  return rows;
}

/** Which clicks are told of, by the condition of their index: visits by people, or clicks that are kept apart. */
export function isTold(dimensions: Dimension[]): RawBuilder<boolean> {
  return dimensions.includes('kept_apart') ? sql<boolean>`excluded is not null` : sql<boolean>`counted`;
}

/** What a click is told by, as rows of a dimension and a value. */
export function valuesOf(dimensions: Dimension[]): RawBuilder<unknown> {
  return sql.join(dimensions.map((dimension) => sql`(${sql.lit(dimension)}, ${columnOf[dimension]})`));
}

const columnOf: Record<Dimension, RawBuilder<unknown>> = {
  visits: sql`''`,
  kept_apart: sql`excluded`,
  device: sql`coalesce(device_type, '')`,
  country: sql`coalesce(country, '')`,
  channel: sql`channel`,
};
