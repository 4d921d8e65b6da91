import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { bucketOf, type Grain } from '../../rollups/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import type { Scope } from '../measure/scope.ts';
import type { Position } from './position.ts';
import { type RankColumn, type Ranking, rankedOrders } from './ranked-orders.ts';

export type Fullest = {
  /** The first orders of the ranking among those sold in the fullest quarter hours. */
  orders: Position[];
  /** The starts of all others that one of the first can have been sold in, as an array of PostgreSQL; null for none. */
  others: string | null;
};

/**
 * Looks into the fullest quarter hours of a range for the first orders of a ranking, the highest first; undefined where to
 * look at all entries of the range is cheaper, or nothing is known.
 *
 * No credit that stands is negative, so no order holds more than all of its quarter hour together. What the last of the
 * orders found holds is therefore what another quarter hour must hold at least (of a tree's 30,000 in a year, 2,000 do).
 */
export async function lookIntoFullestQuarters(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  ranking: Ranking,
): Promise<Fullest | undefined> {
  if (question.basis === 'posted' || question.order === 'asc') return undefined;
  const campaignIds = scope.campaign_ids!;
  const quarters = sql`(select bucket as starts from fullest) as quarter`;
  const { rows } = await sql<Found>`
    with quarters as materialized (${quartersOf(question, scope, ranking.column)}),
    fullest as materialized (select bucket from quarters order by most desc limit ${8 * ranking.limit}),
    first as materialized (${rankedOrders(question, campaignIds, ranking, { quarters })})
    select figure, sale_time, order_id, null as others, null as look_ups, null as lines from first
    union all
    select null, null, null, array_agg(bucket)::text, count(*) * ${campaignIds.length}::bigint,
           (select coalesce(sum(lines), 0) ${rollupsOf(question, scope, 'day')})::bigint
      from quarters
     where bucket not in (select bucket from fullest)
       and most >= coalesce((select min(figure) from first having count(*) = ${ranking.limit}), most)`.execute(
    db,
  );
  const { others, look_ups, lines } = rows.at(-1) as Others;
  if (costOfLookUp * look_ups > lines) return undefined;
  return { orders: rows.slice(0, -1) as Position[], others };
}

type Found = Position | Others;
type Others = { others: string | null; look_ups: bigint; lines: bigint };

// To look for a campaign's entries of a quarter hour takes as long as to read two of all those of the range.
const costOfLookUp = 2n;

/** Each quarter hour of the range with the most that an order sold in it can hold of a figure. */
function quartersOf(question: ReportQuestion, scope: Scope, column: RankColumn): RawBuilder<unknown> {
  const most = mostOf(column, scope.campaign_ids!.length);
  const those = rollupsOf(question, scope, 'quarter');
  return scope.subjects.length === 1
    ? sql`select bucket, ${most} as most ${those}`
    : sql`select bucket, sum(${most})::bigint as most ${those} group by bucket`;
}

/** Profit is at most the revenue of known cost, but each part of a line is rounded by itself: by a unit either way. */
function mostOf(column: RankColumn, campaigns: number): RawBuilder<unknown> {
  if (column === 'revenue_minor') return sql`revenue_minor`;
  if (column === 'quantity_e4') return sql`units_e4`;
  return sql`known_cost_revenue_minor + ${2 * campaigns}::bigint * (lines + orders)`;
}

function rollupsOf(
  { model, currency, span }: ReportQuestion,
  { kind, subjects }: Scope,
  grain: Grain,
): RawBuilder<unknown> {
  return sql`
      from credit_rollups
     where model_version_id = ${model.id} and basis = 'sale' and grain = ${grain} and subject_kind = ${kind}
       and currency = ${currency} and subject = any(${subjects}::text[])
       and bucket >= ${span.from === null ? '-infinity' : bucketOf(span.from, grain)} and bucket < ${span.to ?? 'infinity'}`;
}
