import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { refuseUnseenOrder } from '../../orders/index.ts';
import type { LineValue } from '../../vocabulary/credit.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
import type { Minor } from '../../vocabulary/money.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { percentE2 } from '../figures.ts';
import { type ReportCampaign, type ReportCampaigns, readCampaigns } from '../measure/read-campaigns.ts';
import { readPath, type SourceTouch } from './read-path.ts';

/** What a campaign holds of the order. */
export type SourceCredit = { campaign: ReportCampaign; revenue_minor: Minor; share_e2: bigint | null };

/** What a campaign, or a channel's, holds of a line of the order. */
export type LineCredit = Omit<LineValue, 'profit_minor'> & { campaign_id: string };

export type CampaignSource = {
  sale_time: Date;
  currency: string;
  /** The campaigns that hold credit, the most first. */
  credits: SourceCredit[];
  /** The last touch of the first of them: that brought its credit, under a model that credits touches. */
  touch: SourceTouch | undefined;
  /** All touches up to the sale, in the order of time. */
  path: SourceTouch[];
  question: ReportQuestion;
  meta: ReportMeta;
};

/**
 * Where an order came from: the campaigns that the model credits with it, the touches before it with what each brought,
 * and the one that led from the first of the campaigns. Who sees only their own campaigns sees only these.
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
    const held = await readHeld(db, question, orderId);
    const campaigns = await readCampaigns(db, question);
    const credits = sumByCampaign(held, campaigns, question);
    const path = await readPath(db, { orderId, held, campaigns, question, settings: context.settings });
    const [source] = credits;
    const touch = path.findLast(
      ({ campaign, leads }) => leads && campaign?.campaign_id === source?.campaign.campaign_id,
    );
    return { sale_time: ordered_at, currency, credits, path, touch: source && touch };
  });
}

async function readHeld(db: Database, { model }: ReportQuestion, orderId: string): Promise<LineCredit[]> {
  const { rows } = await sql<LineCredit>`
    select line_no, campaign_id, sum(quantity_e4)::bigint as quantity_e4,
           sum(revenue_minor)::bigint as revenue_minor
      from credit_entries
     where order_id = ${orderId} and model_version_id = ${model.id}
     group by line_no, campaign_id`.execute(db);
  return rows;
}

function sumByCampaign(
  held: LineCredit[],
  { all }: ReportCampaigns,
  { model }: ReportQuestion,
): SourceCredit[] {
  const sums = [...groupBy(held, ({ campaign_id }) => campaign_id)]
    .map(([campaign_id, lines]) => ({
      campaign_id,
      revenue_minor: lines.reduce((sum, { revenue_minor }) => sum + revenue_minor, 0n),
      isSomething: lines.reduce((sum, { quantity_e4 }) => sum + quantity_e4, 0n) !== 0n,
    }))
    .filter(({ revenue_minor, isSomething }) => revenue_minor !== 0n || isSomething);
  const total = sums.reduce((sum, { revenue_minor }) => sum + revenue_minor, 0n);
  return sums
    .flatMap(({ campaign_id, revenue_minor }) => {
      const campaign = all.find((each) => each.campaign_id === campaign_id);
      const share_e2 = model.conserving ? percentE2(revenue_minor, total) : null;
      return campaign === undefined ? [] : [{ campaign, revenue_minor, share_e2 }];
    })
    .sort(mostFirst);
}

function mostFirst(a: SourceCredit, b: SourceCredit): number {
  if (a.revenue_minor !== b.revenue_minor) return a.revenue_minor > b.revenue_minor ? -1 : 1;
  return a.campaign.campaign_id < b.campaign.campaign_id ? -1 : 1;
}
