import type { Database } from '../../../database/index.ts';
import { invalid, notFound } from '../../../vocabulary/errors.ts';
import { answerReport, type ReportContext } from '../../ask/answer-report.ts';
import type { ReportMeta } from '../../ask/read-meta.ts';
import { mostRows, type ReportQuery } from '../../ask/report-query.ts';
import type { ReportQuestion } from '../../ask/resolve-question.ts';
import type { ReportCampaign } from '../../measure/read-campaigns.ts';
import type { EmailQuery } from './email-query.ts';
import { readMailedCampaigns } from './read-mailed-campaigns.ts';

/** The question of a report of mailings, with the campaigns it is about and whose numbers are shown. */
export type EmailQuestion = ReportQuestion & {
  /** Revenue as the sources claim it; else as the model credits it. */
  is_claimed: boolean;
  campaigns: ReportCampaign[];
  /** The names of the retailer who asks: nothing but theirs is read. */
  retailers: string[] | undefined;
};

export type EmailMeta = Omit<ReportMeta, 'model_version'> & { model_version: number | null };

const claimsNote =
  'Revenue is what sources claim: sales of CRMs and countable orders that report a campaign, each counted once, after refunds.';

/**
 * Answers a report of mailings from one snapshot of the database.
 *
 * @throws not_found for a campaign that is not there, or not theirs
 * @throws invalid for a model whose credit does not add up over campaigns, and what a report refuses
 */
export async function answerEmailReport<Answer extends object>(
  context: ReportContext,
  { campaign_id, model, mailed, ...query }: EmailQuery,
  answer: (db: Database, question: EmailQuestion) => Promise<Answer>,
): Promise<Answer & { meta: EmailMeta; question: EmailQuestion }> {
  const asked: ReportQuery = { ...query, model, basis: 'sale', include_children: false, compare: undefined };
  const { actor } = context;
  const { meta, ...answered } = await answerReport(context, asked, async (db, resolved) => {
    if (model !== undefined && !resolved.model.conserving) throw reachOnly(model);
    const all = await readMailedCampaigns(db, resolved, { mailed });
    if (campaign_id !== undefined && !all.some((each) => each.campaign_id === campaign_id)) {
      throw notFound('campaign', campaign_id);
    }
    const question: EmailQuestion = {
      ...resolved,
      is_claimed: model === undefined,
      campaigns: campaign_id === undefined ? all : all.filter((each) => each.campaign_id === campaign_id),
      retailers: actor.scope.kind === 'retailer' ? actor.scope.retailers : undefined,
    };
    return { ...(await answer(db, question)), question };
  });
  const claimed = { model: 'claims', model_version: null, additive: true, note: claimsNote };
  return { ...answered, meta: model === undefined ? { ...meta, ...claimed } : meta } as Answer & {
    meta: EmailMeta;
    question: EmailQuestion;
  };
}

function reachOnly(model: string): Error {
  return invalid(
    'model',
    `must be one whose credit adds up over campaigns, which that of ${model} does not; ask for another, or for none to see what sources claim`,
  );
}

/** The rows of an answer that is not asked for fewer. */
export function firstRows<Row>(rows: Row[], { limit = mostRows }: { limit?: number | undefined }): Row[] {
  return rows.slice(0, limit);
}
