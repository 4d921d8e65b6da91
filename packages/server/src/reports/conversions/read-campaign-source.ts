import { sql } from 'kysely';
import { isCreditable, readTouchRules } from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import { refuseUnseenOrder } from '../../orders/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { percentE2 } from '../figures.ts';
import { type ReportCampaign, readCampaigns } from '../measure/read-campaigns.ts';

/** What a campaign holds of the order. */
export type SourceCredit = { campaign: ReportCampaign; revenue_minor: Minor; share_e2: bigint | null };

/** A touch of the campaign, the last before the order that can be credited with it. */
export type SourceTouch = { touch_id: string; kind: string; channel: string; touched_at: Date };

export type CampaignSource = {
  sale_time: Date;
  currency: string;
  /** The campaigns that hold credit, the most first. */
  credits: SourceCredit[];
  touch: SourceTouch | undefined;
  question: ReportQuestion;
  meta: ReportMeta;
};

/**
 * Where an order came from: the campaigns that the model credits with it, and the touch that led from the first of them.
 * Who sees only their own campaigns sees only these.
 * @throws not_found
 */
export async function readCampaignSource(
  context: ReportContext,
  orderId: string,
  query: ReportQuery,
): Promise<CampaignSource> {
  return await answerReport(context, query, async (db, question) => {
    await refuseUnseenOrder(db, orderId, question.seen_by);
    const { ordered_at, currency } = await db
      .selectFrom('orders')
      .select(['ordered_at', 'currency'])
      .where('id', '=', orderId)
      .executeTakeFirstOrThrow();
    const credits = await readCredits(db, question, orderId);
    const [source] = credits;
    const rules = await readTouchRules(db, question.model.id, context.settings);
    const touch =
      source &&
      (await sql<SourceTouch>`
        select t.touch_id, t.kind, t.channel, t.touched_at
          from order_touches t
         where t.order_id = ${orderId} and t.campaign_id = ${source.campaign.campaign_id}
           and ${isCreditable(rules, sql`${ordered_at}::timestamptz`)}
         order by t.position desc
         limit 1`.execute(db));
    return { sale_time: ordered_at, currency, credits, touch: touch?.rows[0] };
  });
}

async function readCredits(db: Database, question: ReportQuestion, orderId: string): Promise<SourceCredit[]> {
  const { rows } = await sql<{ campaign_id: string; revenue_minor: Minor }>`
    select campaign_id, sum(revenue_minor)::bigint as revenue_minor
      from credit_entries
     where order_id = ${orderId} and model_version_id = ${question.model.id}
     group by campaign_id
    having sum(revenue_minor) <> 0 or sum(quantity_e4) <> 0
     order by abs(sum(revenue_minor)) desc, campaign_id`.execute(db);
  const { all } = await readCampaigns(db, question);
  const total = rows.reduce((sum, { revenue_minor }) => sum + revenue_minor, 0n);
  return rows.flatMap(({ campaign_id, revenue_minor }) => {
    const campaign = all.find((each) => each.campaign_id === campaign_id);
    const share_e2 = question.model.conserving ? percentE2(revenue_minor, total) : null;
    return campaign === undefined ? [] : [{ campaign, revenue_minor, share_e2 }];
  });
}
