import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { bucketOf, type Grain } from '../../rollups/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import type { Scope } from '../measure/scope.ts';
import { type RankColumn, type Ranking, rankedOrders } from './ranked-orders.ts';

/**
 * The quarter hours that the first orders of a ranking, the highest first, can have been sold in; undefined where to look
 * at all entries of the range is cheaper, or nothing is known.
 *
 * No credit that stands is negative, so no order holds more than all of its quarter hour together. The orders of the
 * fullest quarter hours therefore say what an order must have at least to be among the first, and a quarter hour that
 * has less in all has none of them (of a tree's 30,000 in a year, 2,500 are left).
 *
 * @returns the starts of the quarter hours as an array of PostgreSQL
 */
export async function findPromisingQuarters(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  ranking: Ranking,
): Promise<string | undefined> {
  if (question.basis === 'posted' || question.order === 'asc') return undefined;
  const campaignIds = scope.campaign_ids!;
  const fullest = sql`(select bucket as starts from quarters order by most desc limit ${8 * ranking.limit}) as quarter`;
  const { rows } = await sql<{ quarters: string | null; look_ups: bigint; lines: bigint }>`
    with quarters as materialized (${quartersOf(question, scope, ranking.column)}),
    least as materialized (
      select min(figure) as figure
        from (${rankedOrders(question, campaignIds, ranking, { quarters: fullest })}) first
      having count(*) = ${ranking.limit}
    )
    select array_agg(bucket)::text as quarters, count(*) * ${campaignIds.length}::bigint as look_ups,
           (select coalesce(sum(lines), 0) ${rollupsOf(question, scope, 'day')})::bigint as lines
      from quarters
     where most >= coalesce((select figure from least), most)`.execute(db);
  const { quarters, look_ups, lines } = rows[0]!;
  return quarters !== null && costOfLookUp * look_ups < lines ? quarters : undefined;
}

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
