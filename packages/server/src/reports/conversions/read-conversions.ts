import { sql } from 'kysely';
import { isCreditable, readTouchRules, type TouchRules } from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type CreditedOrder, readCreditedOrders } from '../campaign/read-orders.ts';
import { campaignNamed, readCampaigns } from '../measure/read-campaigns.ts';
import { campaignScope } from '../measure/scope.ts';

/** A campaign's touches of an order, of those that can be credited with it. */
export type OrderTouches = {
  touches: bigint;
  first_touch_at: Date;
  last_touch_at: Date;
  /** The last visit among them; null where they are clicks in mails. */
  visit_id: string | null;
};

export type Conversion = CreditedOrder & { touched: OrderTouches | undefined };

export type ConversionReport = {
  rows: Conversion[];
  next_cursor: string | null;
  question: ReportQuestion;
  meta: ReportMeta;
};

/**
 * The orders a campaign is credited with, the latest sale first, each with the visit that led to it and the time that
 * lay between; a page at a time.
 * @throws not_found; malformed for a cursor of another list
 */
export async function readConversions(
  context: ReportContext,
  id: string,
  { cursor, ...query }: ReportQuery & { cursor?: string | undefined },
): Promise<ConversionReport> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const scope = campaignScope(question, campaigns, campaignNamed(campaigns, id).campaign_id);
    const { rows, next_cursor } = await readCreditedOrders(db, question, scope, cursor);
    const rules = await readTouchRules(db, question.model.id, context.settings);
    const touched = await readTouches(db, rules, scope.campaign_ids!, rows);
    return { rows: rows.map((row) => ({ ...row, touched: touched.get(row.order_id) })), next_cursor };
  });
}

async function readTouches(
  db: Database,
  rules: TouchRules,
  campaignIds: string[],
  orders: CreditedOrder[],
): Promise<Map<string, OrderTouches>> {
  const ids = orders.map(({ order_id }) => order_id);
  const { rows } = await sql<OrderTouches & { order_id: string }>`
    select t.order_id, count(*) as touches, min(t.touched_at) as first_touch_at, max(t.touched_at) as last_touch_at,
           (array_agg(t.touch_id order by t.position desc) filter (where t.kind = 'visit'))[1] as visit_id
      from order_touches t
      join orders o on o.id = t.order_id
     where t.order_id = any(${ids}::uuid[]) and t.campaign_id = any(${campaignIds}::uuid[])
       and ${isCreditable(rules, sql`o.ordered_at`)}
     group by t.order_id`.execute(db);
  return new Map(rows.map(({ order_id, ...touches }) => [order_id, touches]));
}
