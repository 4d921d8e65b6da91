import { readTouchRules } from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import {
  breakDownVisits,
  countKeptApart,
  countVisits,
  noMeasures,
  readMeasures,
} from '../../rollups/index.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { figuresOf } from '../figures.ts';
import {
  campaignNamed,
  type ReportCampaign,
  type ReportCampaigns,
  readCampaigns,
} from '../measure/read-campaigns.ts';
import { readSpend, type Spend, totalSpend } from '../measure/read-spend.ts';
import { readFigures } from '../measure/read-sums.ts';
import { campaignScope } from '../measure/scope.ts';
import { spansOf } from '../measure/spans-of.ts';
import {
  type Analysed,
  type AnalysedCampaign,
  type AnalysedPlatform,
  analysedOf,
  byRevenue,
} from './analysed.ts';
import { readPlatformsOf } from './read-platforms-of.ts';
import { readWon, type WonShares } from './read-won.ts';

export type Analytics = {
  campaign: ReportCampaign;
  now: Analysed;
  previous: Analysed | undefined;
  /** Clicks that are never credited, by the reason. */
  kept_apart: Map<string, bigint>;
  /** Each order where its last visit was made. */
  shares: WonShares;
  /** Each child with all below it, and the platforms of the whole tree; where children are included. */
  tree: { children: AnalysedCampaign[]; platforms: AnalysedPlatform[] } | undefined;
  question: ReportQuestion;
  meta: ReportMeta;
};

/**
 * What came of a campaign's links: who visited, on what, from where, and what they bought.
 * @throws not_found
 */
export async function readAnalytics(
  context: ReportContext,
  id: string,
  query: ReportQuery,
): Promise<Analytics> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const campaign = campaignNamed(campaigns, id);
    const ids = question.include_children ? campaigns.treeOf(id) : [id];
    const [now, previous] = await analyse(db, question, campaigns, id, ids);
    return {
      campaign,
      now: now!,
      previous,
      kept_apart: await countKeptApart(db, ids, question.span),
      shares: await readWon(db, question, ids, {
        shares: await breakDownVisits(db, ids, question.span),
        rules: await readTouchRules(db, question.model.id, context.settings),
      }),
      tree: question.include_children ? await readTree(db, question, campaigns, id) : undefined,
    };
  });
}

async function analyse(
  db: Database,
  question: ReportQuestion,
  campaigns: ReportCampaigns,
  id: string,
  ids: string[],
): Promise<Analysed[]> {
  const { figures, previous } = await readFigures(db, question, campaignScope(question, campaigns, id));
  const analysed: Analysed[] = [];
  for (const [place, span] of spansOf(question).entries()) {
    const of = place === 0 ? figures : previous!;
    const counts = await countVisits(db, new Map([[id, ids]]), span);
    analysed.push(analysedOf(of, counts.get(id)));
  }
  return analysed;
}

async function readTree(
  db: Database,
  question: ReportQuestion,
  campaigns: ReportCampaigns,
  id: string,
): Promise<{ children: AnalysedCampaign[]; platforms: AnalysedPlatform[] }> {
  const ids = campaigns.treeOf(id);
  const [spend] = await readSpend(db, question, ids);
  return {
    children: await readChildren(db, question, campaigns, id, spend!),
    platforms: await readPlatformsOf(
      db,
      question,
      campaigns.all.filter(({ campaign_id }) => ids.includes(campaign_id)),
      spend!,
    ),
  };
}

async function readChildren(
  db: Database,
  question: ReportQuestion,
  { all, treeOf }: ReportCampaigns,
  id: string,
  spend: Spend,
): Promise<AnalysedCampaign[]> {
  const children = all.filter(({ parent_campaign_id }) => parent_campaign_id === id);
  const trees = new Map(children.map(({ campaign_id }) => [campaign_id, treeOf(campaign_id)]));
  const subjects = [...trees.keys()];
  const [measured] = await readMeasures(db, { ...question, kind: 'tree', subjects }, [question.span]);
  const counted = await countVisits(db, trees, question.span);
  const rows = children.map((child) => {
    const figures = figuresOf({
      measures: measured!.get(child.campaign_id) ?? noMeasures(),
      spend_minor: totalSpend(spend, trees.get(child.campaign_id)),
      counted_once: true,
    });
    return { ...child, ...analysedOf(figures, counted.get(child.campaign_id)) };
  });
  return byRevenue(rows, ({ name }) => name);
}
