import { z } from 'zod';
import { type Route, route } from '../../vocabulary/route.ts';
import { reportQuery, touchReportQuery } from '../ask/report-query.ts';
import { tierOf } from '../figures.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import {
  comparedColumns,
  comparedData,
  figuresData,
  showCompared,
  showFigures,
} from '../show/show-figures.ts';
import { type Leaderboard, type RankedCampaign, readLeaderboard } from './read-leaderboard.ts';

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

export const routes: Route[] = [
  leaderboardRoute('/reports/leaderboard', reportQuery),
  leaderboardRoute('/campaigns/leaderboard', touchReportQuery),
];

function leaderboardRoute(path: string, query: typeof reportQuery | typeof touchReportQuery): Route {
  return route({
    method: 'GET',
    path,
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag: 'Reports',
    summary: 'Rank campaigns by what they earned; meta.totals counts everything once',
    csv: true,
    query,
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
  });
}

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

function showTotals({ totals, question: { currency } }: Leaderboard) {
  if (totals === undefined) return null;
  return { ...showFigures(totals.figures, currency), currency, ...showCompared(totals, currency) };
}
