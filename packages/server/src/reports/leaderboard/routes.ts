import { z } from 'zod';
import { type Route, route } from '../../vocabulary/route.ts';
import { reportQuery, visitReportQuery } from '../ask/report-query.ts';
import { tierOf } from '../figures.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import {
  comparedColumns,
  comparedData,
  figuresData,
  showCompared,
  showFigures,
} from '../show/show-figures.ts';
import { rateFiguresData, showRateFigures } from '../show/show-visit-figures.ts';
import { type Leaderboard, type RankedCampaign, readLeaderboard } from './read-leaderboard.ts';
import { readVisitLeaderboard } from './read-visit-leaderboard.ts';

export const leaderboardRow = z.object({
  rank: z.int(),
  campaign_id: z.uuid(),
  name: z.string(),
  platform: z.string(),
  status: z.string(),
  parent_campaign_id: z.uuid().nullable(),
  tracking_code: z.string(),
  ...figuresData.shape,
  tier: z.string(),
  currency: z.string(),
  ...comparedData.shape,
});
export type LeaderboardRow = z.output<typeof leaderboardRow>;

const columns = Object.keys(leaderboardRow.omit({ previous: true, change: true }).shape);

const visitedRow = z.object({
  ...leaderboardRow.omit({ previous: true, change: true }).shape,
  ...rateFiguresData.shape,
  unique_visitors: z.int().optional().meta({
    description: 'Where rows are ordered by them; counted for each campaign, so they do not add up',
  }),
  ...comparedData.shape,
});
const visitedColumns = Object.keys(
  visitedRow.omit({ unique_visitors: true, previous: true, change: true }).shape,
);

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/leaderboard',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag: 'Reports',
    summary: 'Rank campaigns by what they earned; meta.totals counts everything once',
    csv: true,
    query: reportQuery,
    data: z.array(leaderboardRow),
    async handle({ query }, context) {
      const leaderboard = await readLeaderboard(context, query);
      const { currency } = leaderboard.question;
      const data = showCampaigns(leaderboard.rows, currency);
      const nested = query.compare === undefined ? {} : comparedColumns;
      return {
        data,
        meta: { ...leaderboard.meta, row_count: leaderboard.row_count, totals: showTotals(leaderboard) },
        csv: csvOfRows('leaderboard', data, { columns, currency, nested }),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns/leaderboard',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag: 'Analytics',
    summary: 'Rank campaigns by visits, conversions, what they earned or any other figure of theirs',
    csv: true,
    query: visitReportQuery,
    data: z.array(visitedRow),
    async handle({ query: { metric, ...query } }, context) {
      const asked = { ...query, sort: query.sort ?? metric };
      const leaderboard = await readVisitLeaderboard(context, asked);
      const { rows, total_rates, question } = leaderboard;
      const { currency } = question;
      const earned = showCampaigns(
        rows.map(({ rates: _, unique_visitors: __, ...row }) => row),
        currency,
      );
      const data = earned.map((row, place) => {
        const { rates, unique_visitors } = rows[place]!;
        const visitors = unique_visitors === undefined ? {} : { unique_visitors: Number(unique_visitors) };
        return { ...row, ...showRateFigures(rates, currency), ...visitors };
      });
      const totals = showTotals(leaderboard);
      const nested = query.compare === undefined ? {} : comparedColumns;
      return {
        data,
        meta: {
          ...leaderboard.meta,
          row_count: leaderboard.row_count,
          totals: totals && { ...totals, ...(total_rates && showRateFigures(total_rates, currency)) },
        },
        csv: csvOfRows('leaderboard', data, {
          columns: asked.sort === 'unique_visitors' ? [...visitedColumns, 'unique_visitors'] : visitedColumns,
          ...{ currency, nested },
        }),
      };
    },
  }),
];

export function showCampaigns(rows: RankedCampaign[], currency: string): LeaderboardRow[] {
  return rows.map(({ figures, previous, ...campaign }, place) => ({
    rank: place + 1,
    ...campaign,
    ...showFigures(figures, currency),
    tier: tierOf(figures),
    currency,
    ...showCompared({ figures, previous }, currency),
  }));
}

function showTotals({ totals, question: { currency } }: Pick<Leaderboard, 'totals' | 'question'>) {
  if (totals === undefined) return null;
  return { ...showFigures(totals.figures, currency), currency, ...showCompared(totals, currency) };
}
