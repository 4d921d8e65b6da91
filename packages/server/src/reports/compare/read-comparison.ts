import type { Database } from '../../database/index.ts';
import { countVisits, noMeasures, readMeasures } from '../../rollups/index.ts';
import { type Analysed, analysedOf } from '../analytics/analysed.ts';
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
import { readSpend, totalSpend } from '../measure/read-spend.ts';
import { chanceToWin } from './chance-to-win.ts';
import type { Tally } from './two-proportion-test.ts';
import { judge, type Standing, type Verdict } from './verdict.ts';

export type ComparedCampaign = ReportCampaign &
  Analysed & {
    standing: Standing;
    /** That its rate is above that of the campaign named first; null of that one itself. */
    chance_to_win: number | null;
  };

export type Comparison = {
  rows: ComparedCampaign[];
  verdict: Verdict;
  question: ReportQuestion;
  meta: ReportMeta;
};

/**
 * Compares campaigns by the share of their visits that convert, and says whether the difference is more than chance.
 *
 * @param ids in the order in which they are to be shown; the first is the baseline of the chance to win
 * @throws not_found
 */
export async function readComparison(
  context: ReportContext,
  { ids, ...query }: ReportQuery & { ids: string[] },
): Promise<Comparison> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const analysed = await analyse(db, question, campaigns, ids);
    const tallies = analysed.map(({ name, visited }) => ({
      name,
      visits: Number(visited.visits),
      conversions: Number(visited.conversions ?? 0n),
    }));
    const verdict = judge(tallies);
    return {
      verdict,
      rows: analysed.map((row, place) => ({
        ...row,
        standing: verdict.standings[place]!,
        chance_to_win: place === 0 ? null : chanceToWin(tallies[place]!, tallies[0] as Tally),
      })),
    };
  });
}

async function analyse(
  db: Database,
  question: ReportQuestion,
  campaigns: ReportCampaigns,
  ids: string[],
): Promise<(ReportCampaign & Analysed)[]> {
  const { include_children, span } = question;
  const groups = new Map(ids.map((id) => [id, include_children ? campaigns.treeOf(id) : [id]]));
  const named = ids.map((id) => campaignNamed(campaigns, id));
  const kind = include_children ? ('tree' as const) : ('campaign' as const);
  const [measured] = await readMeasures(db, { ...question, kind, subjects: ids }, [span]);
  const [spend] = await readSpend(db, question, [...groups.values()].flat());
  const counted = await countVisits(db, groups, span);
  return named.map((campaign) => {
    const id = campaign.campaign_id;
    const figures = figuresOf({
      measures: measured!.get(id) ?? noMeasures(),
      spend_minor: totalSpend(spend!, groups.get(id)),
      counted_once: true,
    });
    return { ...campaign, ...analysedOf(figures, counted.get(id)) };
  });
}
