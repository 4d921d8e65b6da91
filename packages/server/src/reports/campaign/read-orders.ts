import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import type { QuantityE4 } from '../../vocabulary/quantity.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { campaignNamed, readCampaigns } from '../measure/read-campaigns.ts';
import { campaignScope, type Scope } from '../measure/scope.ts';
import { findCreditedOrders } from './find-credited-orders.ts';
import { lineCredits } from './line-credits.ts';
import type { Position } from './position.ts';

/** An order with what the campaign holds of it; as booked, with what was booked in the range. */
export type CreditedOrder = {
  order_id: string;
  source: string;
  external_id: string;
  order_number: string | null;
  status: string;
  sale_time: Date;
  units_e4: QuantityE4;
  revenue_minor: Minor;
  /** Null where the cost is unknown. */
  profit_minor: Minor | null;
  lines: bigint;
};

export type OrderReport = {
  rows: CreditedOrder[];
  next_cursor: string | null;
  question: ReportQuestion;
  meta: ReportMeta;
};

const defaultLimit = 50;

/**
 * The orders a campaign is credited with, the latest sale first or by what the campaign holds of them, a page at a
 * time.
 * @throws not_found; malformed for a cursor of another list
 */
export async function readOrders(
  context: ReportContext,
  id: string,
  { cursor, ...query }: ReportQuery & { cursor?: string | undefined },
): Promise<OrderReport> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const scope = campaignScope(question, campaigns, campaignNamed(campaigns, id).campaign_id);
    return await readCreditedOrders(db, question, scope, cursor);
  });
}

/** A page of the orders that the campaigns of a scope together are credited with. */
export async function readCreditedOrders(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  cursor: string | undefined,
): Promise<{ rows: CreditedOrder[]; next_cursor: string | null }> {
  const { page, next_cursor } = await findCreditedOrders(db, question, scope, {
    cursor,
    limit: question.limit ?? defaultLimit,
  });
  return { rows: await readCredited(db, question, scope, page), next_cursor };
}

async function readCredited(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  page: Position[],
): Promise<CreditedOrder[]> {
  const ids = page.map(({ order_id }) => order_id);
  const { rows } = await sql<CreditedOrder>`
    select o.id as order_id, o.source, o.external_id, o.order_number, o.status, credit.sale_time,
           sum(credit.weight * credit.quantity_e4)::bigint as units_e4,
           sum(credit.weight * credit.revenue_minor)::bigint as revenue_minor,
           sum(credit.weight * credit.profit_minor)::bigint as profit_minor,
           coalesce(sum(credit.weight) filter (where credit.is_held), 0)::bigint as lines
      from (${lineCredits(question, scope.campaign_ids!, { orderIds: ids })}) credit
      join orders o on o.id = credit.order_id
     group by o.id, credit.sale_time`.execute(db);
  const byPlace = new Map(rows.map((row) => [placeOf(row), row]));
  return page.flatMap((position) => byPlace.get(placeOf(position)) ?? []);
}

// An order whose sale time was moved has been booked at both.
function placeOf({ sale_time, order_id }: Pick<Position, 'sale_time' | 'order_id'>): string {
  return `${sale_time.toISOString()}|${order_id}`;
}
