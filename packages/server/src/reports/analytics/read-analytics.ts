import { readTouchRules } from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import {
  breakDownVisits,
  countKeptApart,
  countVisits,
  noMeasures,
  type OpenSpan,
  readMeasures,
  type VisitCounts,
} from '../../rollups/index.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
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
    const tree = question.include_children ? treeGroups(campaigns, id) : undefined;
    const groups = tree ? [...tree.children.values(), ...tree.platforms.values()] : [];
    const counted = await countGroups(db, [ids, ...groups], question.span);
    const scope = campaignScope(question, campaigns, id);
    const { figures, previous } = await readFigures(db, question, scope);
    const before = previous && (await countGroups(db, [ids], question.previous!));
    return {
      campaign,
      now: analysedOf(figures, counted.get(ids)),
      previous: previous && analysedOf(previous, before?.get(ids)),
      kept_apart: await countKeptApart(db, ids, question.span),
      shares: await readWon(db, question, ids, {
        shares: await breakDownVisits(db, ids, question.span),
        rules: await readTouchRules(db, question.model.id, context.settings),
      }),
      tree: tree && (await readTree(db, question, { ids, ...tree, counted })),
    };
  });
}

/** The campaigns of each child, itself and all below it, and those of each platform of the whole tree. */
function treeGroups({ all, treeOf }: ReportCampaigns, id: string) {
  const ids = new Set(treeOf(id));
  const children = all.filter(({ parent_campaign_id }) => parent_campaign_id === id);
  const platforms = groupBy(
    all.filter(({ campaign_id }) => ids.has(campaign_id)),
    ({ platform }) => platform,
  );
  return {
    children: new Map(children.map((child) => [child, treeOf(child.campaign_id)])),
    platforms: new Map(
      [...platforms].map(([platform, those]) => [platform, those.map(({ campaign_id }) => campaign_id)]),
    ),
  };
}

type CountedGroups = ReadonlyMap<string[], VisitCounts>;

/** The visits of all groups of campaigns at once, by the group itself. */
async function countGroups(db: Database, groups: string[][], span: OpenSpan): Promise<CountedGroups> {
  return await countVisits(db, new Map(groups.map((ids) => [ids, ids])), span);
}

async function readTree(
  db: Database,
  question: ReportQuestion,
  tree: ReturnType<typeof treeGroups> & { ids: string[]; counted: CountedGroups },
): Promise<{ children: AnalysedCampaign[]; platforms: AnalysedPlatform[] }> {
  const [spend] = await readSpend(db, question, tree.ids);
  const asked = { spend: spend!, counted: tree.counted };
  return {
    children: await readChildren(db, question, { ...asked, trees: tree.children }),
    platforms: await readPlatformsOf(db, question, { ...asked, groups: tree.platforms }),
  };
}

async function readChildren(
  db: Database,
  question: ReportQuestion,
  { trees, spend, counted }: { trees: Map<ReportCampaign, string[]>; spend: Spend; counted: CountedGroups },
): Promise<AnalysedCampaign[]> {
  const subjects = [...trees.keys()].map(({ campaign_id }) => campaign_id);
  const [measured] = await readMeasures(db, { ...question, kind: 'tree', subjects }, [question.span]);
  const rows = [...trees].map(([child, ids]) => {
    const figures = figuresOf({
      measures: measured!.get(child.campaign_id) ?? noMeasures(),
      spend_minor: totalSpend(spend, ids),
      counted_once: true,
    });
    return { ...child, ...analysedOf(figures, counted.get(ids)) };
  });
  return byRevenue(rows, ({ name }) => name);
}
