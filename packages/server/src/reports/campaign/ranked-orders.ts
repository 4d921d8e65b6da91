import { type RawBuilder, sql } from 'kysely';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type Among, orderCredits } from './line-credits.ts';
import { directionOf, type Position } from './position.ts';

/** A part of a ranking: by which column of the ledger, after which position, and how many orders at most. */
export type Ranking = { column: RankColumn; after: Position | undefined; limit: number };
export type RankColumn = 'revenue_minor' | 'profit_minor' | 'quantity_e4';

/** What an order can be ranked by; its spend and returns are unknown, and it is one order. */
const columns: Record<string, RankColumn> = {
  revenue: 'revenue_minor',
  profit: 'profit_minor',
  units: 'quantity_e4',
};

/** By which column a list is ranked; undefined for one in the order of time. */
export function rankedBy({ sort }: ReportQuestion): { column: RankColumn } | undefined {
  const column = columns[sort ?? ''];
  return column === undefined ? undefined : { column };
}

// No sum of an order comes near it.
const furthest = 9_000_000_000_000_000_000n;

/** The statement that ranks the orders that are looked at. */
export function rankedOrders(
  question: ReportQuestion,
  campaignIds: string[],
  { column, after, limit }: Ranking,
  among: Among,
): RawBuilder<Position> {
  const { direction, beyond } = directionOf(question);
  // What is unknown comes last in either direction.
  const unknown = question.order === 'asc' ? furthest : -furthest;
  const rest =
    after === undefined
      ? sql`true`
      : sql`(figure, sale_time, order_id) ${beyond} (${after.figure}, ${after.sale_time}, ${after.order_id}::uuid)`;
  return sql<Position>`
    select figure, sale_time, order_id
      from (
        select coalesce(sum(weight * ${sql.ref(column)}), ${unknown})::bigint as figure, sale_time, order_id
          from (${orderCredits(question, campaignIds, among)}) credit
         group by sale_time, order_id
        having sum(weight * quantity_e4) <> 0 or sum(weight * revenue_minor) <> 0
      ) ranked
     where ${rest}
     order by figure ${direction}, sale_time ${direction}, order_id ${direction}
     limit ${limit}`;
}
