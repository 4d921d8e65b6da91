import { sql } from 'kysely';
import { readTouchRules, type TouchRules } from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { convertingTouches, isSold } from './converting-paths.ts';

/** A quarter lies below the first, half below the median, three quarters below the third; null of nothing. */
export type Quartiles = { q1: number; median: number; q3: number };

export type PathRow = {
  steps: { campaign_id: string; name: string }[];
  conversions: bigint;
  /** What the orders are credited with under the model; null where that does not add up. */
  revenue_minor: Minor | null;
  /** Order time − first touch, and − last touch. */
  seconds_from_first: Quartiles;
  seconds_from_last: Quartiles;
};

/** Of all paths, whatever the limit. */
export type PathSummary = {
  conversions: bigint;
  /** Countable orders of the range whose customer touched nothing that counts. */
  without_path: bigint;
  paths: bigint;
  touches: Quartiles | null;
  seconds_from_first: Quartiles | null;
  seconds_from_last: Quartiles | null;
};

export type PathReport = {
  rows: PathRow[];
  summary: PathSummary;
  question: ReportQuestion;
  meta: ReportMeta;
};

const defaultLimit = 50;

/**
 * The ways by which customers came to buy: the most frequent sequences of campaigns before an order, how long they are
 * and how much time they take.
 *
 * @param channels whether arrivals without a campaign are steps too; as the model has it when absent
 */
export async function readPaths(
  context: ReportContext,
  { channels, ...query }: ReportQuery & { channels?: boolean | undefined },
): Promise<PathReport> {
  return await answerReport(context, query, async (db, question) => {
    const rules = await readTouchRules(db, question.model.id, context.settings);
    const touches = convertingTouches(question, rules, channels ?? rules.parameters.channels ?? false);
    const paths = sql`
      select order_id, array_agg(campaign_id order by position) as steps,
             extract(epoch from min(ordered_at) - min(touched_at)) as from_first,
             extract(epoch from min(ordered_at) - max(touched_at)) as from_last
        from (${touches}) touch
       group by order_id`;
    return {
      rows: await readRows(db, question, paths),
      summary: await readSummary(db, question, rules, paths),
    };
  });
}

type Sql = ReturnType<typeof sql>;

type Sums = {
  steps: string[];
  conversions: bigint;
  revenue_minor: Minor;
  from_first: [number, number, number];
  from_last: [number, number, number];
};

async function readRows(db: Database, question: ReportQuestion, paths: Sql): Promise<PathRow[]> {
  const { model, limit, order } = question;
  const { rows } = await sql<Sums>`
    with path as materialized (${paths}),
    credit as (
      select order_id, sum(revenue_minor) as revenue_minor
        from credit_entries
       where model_version_id = ${model.id} and order_id in (select order_id from path)
       group by order_id
    )
    select path.steps, count(*) as conversions, coalesce(sum(credit.revenue_minor), 0)::bigint as revenue_minor,
           ${quartiles('from_first')} as from_first, ${quartiles('from_last')} as from_last
      from path
      left join credit using (order_id)
     group by path.steps
     order by count(*) ${order === 'asc' ? sql`asc` : sql`desc`}, path.steps
     limit ${limit ?? defaultLimit}`.execute(db);
  const names = await namesOf(
    db,
    rows.flatMap(({ steps }) => steps),
  );
  return rows.map(({ steps, conversions, revenue_minor, from_first, from_last }) => ({
    steps: steps.map((campaign_id) => ({ campaign_id, name: names.get(campaign_id) ?? '' })),
    conversions,
    revenue_minor: model.conserving ? revenue_minor : null,
    seconds_from_first: quartilesOf(from_first)!,
    seconds_from_last: quartilesOf(from_last)!,
  }));
}

async function readSummary(
  db: Database,
  question: ReportQuestion,
  rules: TouchRules,
  paths: Sql,
): Promise<PathSummary> {
  const { rows } = await sql<{
    ways: bigint;
    conversions: bigint;
    sold: bigint;
    touches: (number | null)[] | null;
    from_first: (number | null)[] | null;
    from_last: (number | null)[] | null;
  }>`
    with path as materialized (${paths})
    select count(distinct steps) as ways, count(*) as conversions,
           (select count(*) from orders o where ${isSold(question, rules)}) as sold,
           ${quartiles('cardinality(steps)')} as touches,
           ${quartiles('from_first')} as from_first, ${quartiles('from_last')} as from_last
      from path`.execute(db);
  const { ways, conversions, sold, touches, from_first, from_last } = rows[0]!;
  return {
    conversions,
    without_path: sold - conversions,
    paths: ways,
    touches: quartilesOf(touches),
    seconds_from_first: quartilesOf(from_first),
    seconds_from_last: quartilesOf(from_last),
  };
}

function quartiles(of: 'from_first' | 'from_last' | 'cardinality(steps)'): Sql {
  return sql`percentile_cont(array[0.25, 0.5, 0.75]) within group (order by (${sql.raw(of)})::double precision)`;
}

function quartilesOf(values: (number | null)[] | null): Quartiles | null {
  const [q1, median, q3] = values ?? [];
  return q1 == null || median == null || q3 == null ? null : { q1, median, q3 };
}

export async function namesOf(db: Database, campaignIds: string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('campaigns')
    .select(['id', 'name'])
    .where('id', '=', sql<string>`any(${[...new Set(campaignIds)]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
