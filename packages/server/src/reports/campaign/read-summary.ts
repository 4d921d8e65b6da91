import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import type { Compared } from '../figures.ts';
import { campaignNamed, type ReportCampaign, readCampaigns } from '../measure/read-campaigns.ts';
import { readFigures } from '../measure/read-sums.ts';
import { campaignScope } from '../measure/scope.ts';

export type Summary = {
  campaign: ReportCampaign;
  compared: Compared;
  question: ReportQuestion;
  meta: ReportMeta;
};

/**
 * What one campaign earned, by itself or with all below it.
 * @throws not_found
 */
export async function readSummary(context: ReportContext, id: string, query: ReportQuery): Promise<Summary> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const campaign = campaignNamed(campaigns, id);
    return { campaign, compared: await readFigures(db, question, campaignScope(question, campaigns, id)) };
  });
}
