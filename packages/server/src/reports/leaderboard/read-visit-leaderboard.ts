import { countByCampaign } from '../../touches/index.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import { type ReportQuery, type SortField, sortFields, type VisitSortField } from '../ask/report-query.ts';
import { type RateFigures, rateFiguresOf } from '../figures.ts';
import { idsSeen, readCampaigns } from '../measure/read-campaigns.ts';
import { readSpend } from '../measure/read-spend.ts';
import { compareKnown, rankRows } from '../rank-rows.ts';
import {
  defaultLimit,
  type Leaderboard,
  type RankedCampaign,
  readRows,
  readTotals,
} from './read-leaderboard.ts';

export type VisitedCampaign = RankedCampaign & { rates: RateFigures };

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
    const counted = await countByCampaign(db, question.span);
    const visitsOf = (id: string) =>
      sum((question.include_children ? campaigns.treeOf(id) : [id]).map((each) => counted.get(each) ?? 0n));
    const rows = (await readRows(db, question, campaigns, spends, (id) => visitsOf(id) > 0n)).map((row) => ({
      ...row,
      rates: rateFiguresOf(visitsOf(row.campaign_id), row.figures),
    }));
    const byRates = byCredit === undefined && sort !== undefined;
    const ranked = rankRows(rows, byRates ? {} : question, ({ name }) => name);
    if (byRates) ranked.sort(byRate(sort as VisitSortField, question.order));
    const totals = await readTotals(db, question, campaigns, spends);
    const together = new Set(
      campaigns.asked.flatMap(({ campaign_id }) =>
        question.include_children ? campaigns.treeOf(campaign_id) : [campaign_id],
      ),
    );
    return {
      rows: ranked.slice(0, question.limit ?? defaultLimit),
      row_count: ranked.length,
      totals,
      total_rates:
        totals && rateFiguresOf(sum([...together].map((id) => counted.get(id) ?? 0n)), totals.figures),
    };
  });
}

const rateOf: Record<VisitSortField, keyof RateFigures> = {
  visits: 'visits',
  conversions: 'conversions',
  conversion_rate: 'conversion_rate_e2',
  cost_per_visit: 'cost_per_visit_minor',
  cost_per_conversion: 'cost_per_conversion_minor',
};

function byRate(sort: VisitSortField, order: 'asc' | 'desc' = 'desc') {
  const rate = rateOf[sort];
  return (a: VisitedCampaign, b: VisitedCampaign) => compareKnown(a.rates[rate], b.rates[rate], order);
}

function sum(values: bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
