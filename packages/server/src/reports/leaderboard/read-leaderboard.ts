import type { Database } from '../../database/index.ts';
import { addMeasures, isNothing, type Measures, noMeasures, readMeasuresOf } from '../../rollups/index.ts';
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
import { isMeasurable, type Scope, wholeScope } from '../measure/scope.ts';
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
    const { rows, totals } = await readBoard(db, question, campaigns, spends);
    const ranked = rankRows(rows, question, ({ name }) => name);
    return { rows: ranked.slice(0, question.limit ?? defaultLimit), row_count: ranked.length, totals };
  });
}

/** `totals`: of all that are asked for together; undefined where that is not known. */
export type Board = { rows: RankedCampaign[]; totals: Compared | undefined };

/**
 * The figures of every campaign that is asked for and has any, and what they earned together.
 * @param isShown whether one without any is there all the same
 */
export async function readBoard(
  db: Database,
  question: ReportQuestion,
  campaigns: ReportCampaigns,
  spends: Spend[],
  isShown: (campaignId: string) => boolean = () => false,
): Promise<Board> {
  const kind = question.include_children ? 'tree' : 'campaign';
  const scope = wholeScope(question, campaigns);
  const asked = { ...question, subjects: idsSeen(question, campaigns) };
  const measured = await readMeasuresOf(db, asked, [kind, scope.kind], spansOf(question));
  return {
    rows: rowsOf(question, campaigns, measured[kind], spends, isShown),
    totals: isMeasurable(scope, question) ? totalsOf(scope, measured[scope.kind], spends) : undefined,
  };
}

function rowsOf(
  { include_children }: ReportQuestion,
  { asked, treeOf }: ReportCampaigns,
  measured: Map<string, Measures>[],
  spends: Spend[],
  isShown: (campaignId: string) => boolean,
): RankedCampaign[] {
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

function totalsOf(
  { subjects, adds, campaign_ids }: Scope,
  measured: Map<string, Measures>[],
  spends: Spend[],
): Compared {
  const [now, before] = measured.map((bySubject, place) => {
    const measures = noMeasures();
    for (const subject of subjects) addMeasures(measures, bySubject.get(subject) ?? noMeasures());
    return figuresOf({
      measures,
      spend_minor: totalSpend(spends[place]!, campaign_ids),
      counted_once: !adds,
    });
  });
  return { figures: now!, previous: before };
}

function hasAny({ measures, spend_minor }: { measures: Measures; spend_minor: Minor }): boolean {
  return !isNothing(measures) || spend_minor !== 0n;
}
