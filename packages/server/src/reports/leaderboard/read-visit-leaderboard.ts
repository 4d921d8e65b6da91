import type { Database } from '../../database/index.ts';
import { countByCampaign, countVisits } from '../../rollups/index.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import { type ReportQuery, type SortField, sortFields, type VisitSortField } from '../ask/report-query.ts';
import { type RateFigures, rateFiguresOf } from '../figures.ts';
import { idsSeen, readCampaigns } from '../measure/read-campaigns.ts';
import { readSpend } from '../measure/read-spend.ts';
import { compareKnown, rankRows } from '../rank-rows.ts';
import { defaultLimit, type Leaderboard, type RankedCampaign, readBoard } from './read-leaderboard.ts';

export type VisitedCampaign = RankedCampaign & {
  rates: RateFigures;
  /** Counted only where rows are ordered by them: each costs a look at the facts. */
  unique_visitors?: bigint;
};

export type VisitLeaderboard = Omit<Leaderboard, 'rows'> & {
  rows: VisitedCampaign[];
  /** Of all that is asked for; undefined where the totals are. */
  total_rates: RateFigures | undefined;
};

export type VisitLeaderboardQuery = Omit<ReportQuery, 'sort'> & {
  sort?: SortField | VisitSortField | undefined;
};

/** The campaigns with credit, spend or visits in the range, by any of their figures. */
export async function readVisitLeaderboard(
  context: ReportContext,
  { sort, ...query }: VisitLeaderboardQuery,
): Promise<VisitLeaderboard> {
  const byCredit = sortFields.find((field) => field === sort);
  return await answerReport(context, { ...query, sort: byCredit }, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const spends = await readSpend(db, question, idsSeen(question, campaigns));
    const everyId = campaigns.all.map(({ campaign_id }) => campaign_id);
    const counted = await countByCampaign(db, everyId, question.span);
    const membersOf = (id: string) => (question.include_children ? campaigns.treeOf(id) : [id]);
    const visitsOf = (id: string) => sum(membersOf(id).map((each) => counted.get(each) ?? 0n));
    const { rows: credited, totals } = await readBoard(
      db,
      question,
      campaigns,
      spends,
      (id) => visitsOf(id) > 0n,
    );
    const rows: VisitedCampaign[] = credited.map((row) => ({
      ...row,
      rates: rateFiguresOf(visitsOf(row.campaign_id), row.figures),
    }));
    const byVisits = byCredit === undefined ? (sort as VisitSortField | undefined) : undefined;
    const found =
      byVisits === 'unique_visitors' ? await withVisitors(db, rows, membersOf, question.span) : rows;
    const ranked = rankRows(found, byVisits === undefined ? question : {}, ({ name }) => name);
    if (byVisits !== undefined) ranked.sort(byRate(byVisits, question.order));
    const together = new Set(campaigns.asked.flatMap(({ campaign_id }) => membersOf(campaign_id)));
    return {
      rows: ranked.slice(0, question.limit ?? defaultLimit),
      row_count: ranked.length,
      totals,
      total_rates:
        totals && rateFiguresOf(sum([...together].map((id) => counted.get(id) ?? 0n)), totals.figures),
    };
  });
}

async function withVisitors(
  db: Database,
  rows: VisitedCampaign[],
  membersOf: (id: string) => string[],
  span: { from: Date | null; to: Date | null },
): Promise<VisitedCampaign[]> {
  const counts = await countVisits(
    db,
    new Map(rows.map(({ campaign_id }) => [campaign_id, membersOf(campaign_id)])),
    span,
  );
  return rows.map((row) => ({ ...row, unique_visitors: counts.get(row.campaign_id)?.unique_visitors ?? 0n }));
}

const figureOf: Record<VisitSortField, (row: VisitedCampaign) => bigint | null> = {
  visits: ({ rates }) => rates.visits,
  unique_visitors: ({ unique_visitors }) => unique_visitors ?? null,
  conversions: ({ rates }) => rates.conversions,
  conversion_rate: ({ rates }) => rates.conversion_rate_e2,
  cost_per_visit: ({ rates }) => rates.cost_per_visit_minor,
  cost_per_conversion: ({ rates }) => rates.cost_per_conversion_minor,
};

function byRate(sort: VisitSortField, order: 'asc' | 'desc' = 'desc') {
  const figure = figureOf[sort];
  return (a: VisitedCampaign, b: VisitedCampaign) => compareKnown(figure(a), figure(b), order);
}

function sum(values: bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
