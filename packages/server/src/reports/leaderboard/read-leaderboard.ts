import type { Database } from '../../database/index.ts';
import { isNothing, type Measures, noMeasures, readMeasures } from '../../rollups/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type Compared, figuresOf } from '../figures.ts';
import {
  idsSeen,
  type ReportCampaign,
  type ReportCampaigns,
  readCampaigns,
} from '../measure/read-campaigns.ts';
import { readSpend, type Spend, totalSpend } from '../measure/read-spend.ts';
import { readFigures } from '../measure/read-sums.ts';
import { isMeasurable, wholeScope } from '../measure/scope.ts';
import { spansOf } from '../measure/spans-of.ts';
import { rankRows } from '../rank-rows.ts';

export type RankedCampaign = ReportCampaign & Compared;

export type Leaderboard = {
  rows: RankedCampaign[];
  /** How many there are beyond the limit as well. */
  row_count: number;
  /** Of all that is asked for, whatever the limit; undefined where sums are not known of several campaigns together. */
  totals: Compared | undefined;
  question: ReportQuestion;
  meta: ReportMeta;
};

export const defaultLimit = 100;

/** The campaigns with credit or spend in the range, by what they earned. */
export async function readLeaderboard(context: ReportContext, query: ReportQuery): Promise<Leaderboard> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const spends = await readSpend(db, question, idsSeen(question, campaigns));
    const ranked = rankRows(await readRows(db, question, campaigns, spends), question, ({ name }) => name);
    return {
      rows: ranked.slice(0, question.limit ?? defaultLimit),
      row_count: ranked.length,
      totals: await readTotals(db, question, campaigns, spends),
    };
  });
}

/**
 * The figures of every campaign that is asked for and has any.
 * @param isShown whether one without any is there all the same
 */
export async function readRows(
  db: Database,
  question: ReportQuestion,
  campaigns: ReportCampaigns,
  spends: Spend[],
  isShown: (campaignId: string) => boolean = () => false,
): Promise<RankedCampaign[]> {
  const { asked, treeOf } = campaigns;
  const { include_children } = question;
  const kind = include_children ? 'tree' : 'campaign';
  const subjects = idsSeen(question, campaigns);
  const measured = await readMeasures(db, { ...question, kind, subjects }, spansOf(question));
  return asked.flatMap((campaign) => {
    const { campaign_id } = campaign;
    const ids = include_children ? treeOf(campaign_id) : [campaign_id];
    const [now, before] = measured.map((bySubject, place) => ({
      measures: bySubject.get(campaign_id) ?? noMeasures(),
      spend_minor: totalSpend(spends[place]!, ids),
      counted_once: true,
    }));
    if (!hasAny(now!) && !isShown(campaign_id)) return [];
    return [{ ...campaign, figures: figuresOf(now!), previous: before && figuresOf(before) }];
  });
}

/** What all that are asked for earned together; undefined where that is not known. */
export async function readTotals(
  db: Database,
  question: ReportQuestion,
  campaigns: ReportCampaigns,
  spends: Spend[],
): Promise<Compared | undefined> {
  const scope = wholeScope(question, campaigns);
  if (!isMeasurable(scope, question)) return undefined;
  return await readFigures(db, question, scope, spends);
}

function hasAny({ measures, spend_minor }: { measures: Measures; spend_minor: Minor }): boolean {
  return !isNothing(measures) || spend_minor !== 0n;
}
