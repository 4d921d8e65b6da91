import { sql } from 'kysely';
import { readTouchRules } from '../../attribution/index.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { convertingTouches } from './converting-paths.ts';
import { namesOf } from './read-paths.ts';

/** Two campaigns that touched the same orders. */
export type OverlapRow = {
  campaign_id: string;
  name: string;
  other_campaign_id: string;
  other_name: string;
  /** Orders that both touched. */
  orders: bigint;
  /** Orders that each touched, with the other or without. */
  campaign_orders: bigint;
  other_orders: bigint;
};

export type OverlapReport = { rows: OverlapRow[]; question: ReportQuestion; meta: ReportMeta };

const defaultLimit = 100;

/** Which campaigns work on the same customers: pairs that touched the same orders, the most frequent first. */
export async function readOverlap(
  context: ReportContext,
  { channels, ...query }: ReportQuery & { channels?: boolean | undefined },
): Promise<OverlapReport> {
  return await answerReport(context, query, async (db, question) => {
    const rules = await readTouchRules(db, question.model.id, context.settings);
    const touches = convertingTouches(question, rules, channels ?? rules.parameters.channels ?? false);
    const { rows } = await sql<Omit<OverlapRow, 'name' | 'other_name'>>`
      with held as materialized (select distinct order_id, campaign_id from (${touches}) touch),
      each_one as (select campaign_id, count(*) as orders from held group by campaign_id),
      pair as (
        select one.campaign_id, other.campaign_id as other_campaign_id, count(*) as orders
          from held one
          join held other on other.order_id = one.order_id and other.campaign_id > one.campaign_id
         group by one.campaign_id, other.campaign_id
      )
      select pair.*, one.orders as campaign_orders, other.orders as other_orders
        from pair
        join each_one one on one.campaign_id = pair.campaign_id
        join each_one other on other.campaign_id = pair.other_campaign_id
       order by pair.orders ${question.order === 'asc' ? sql`asc` : sql`desc`}, pair.campaign_id, pair.other_campaign_id
       limit ${question.limit ?? defaultLimit}`.execute(db);
    const names = await namesOf(
      db,
      rows.flatMap((row) => [row.campaign_id, row.other_campaign_id]),
    );
    return {
      rows: rows.map((row) => ({
        ...row,
        name: names.get(row.campaign_id) ?? '',
        other_name: names.get(row.other_campaign_id) ?? '',
      })),
    };
  });
}
