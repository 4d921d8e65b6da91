import { z } from 'zod';
import { formatMoney } from '../../vocabulary/money.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { reportQuery, touchReportQuery } from '../ask/report-query.ts';
import { changeE2, tierOf } from '../figures.ts';
import { leaderboardRow, showCampaigns } from '../leaderboard/routes.ts';
import { platformData, showPlatform } from '../platforms/routes.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { changeData, figuresData, percent, ratio, showChange, showFigures } from '../show/show-figures.ts';
import { type Performance, readOverview } from './read-overview.ts';

const performanceData = z.object({
  ...figuresData.shape,
  creditable_revenue: z
    .number()
    .nullable()
    .meta({ description: 'Net revenue of all countable orders under the model; null as booked' }),
  attribution_rate: z.number().nullable().meta({ description: 'revenue / creditable_revenue × 100' }),
  mer: z.number().nullable().meta({
    description:
      'Marketing efficiency ratio, creditable_revenue / spend; narrowed to some campaigns, it is their ROAS',
  }),
});

const overviewChange = changeData.extend({
  creditable_revenue: z.number().nullable(),
  mer: z.number().nullable(),
});

const overviewData = z.object({
  ...performanceData.shape,
  tier: z.string(),
  currency: z.string(),
  previous: performanceData.optional(),
  change: overviewChange.optional(),
  top_campaigns: z.array(leaderboardRow),
  platforms: z.array(platformData),
});

const columns = [...Object.keys(performanceData.shape), 'tier', 'currency'];
const nestedColumns = {
  previous: Object.keys(performanceData.shape),
  change: Object.keys(overviewChange.shape),
};

export const routes: Route[] = [
  overviewRoute('/reports/overview', reportQuery),
  overviewRoute('/campaigns/analytics/overview', touchReportQuery),
];

function overviewRoute(path: string, query: typeof reportQuery | typeof touchReportQuery): Route {
  return route({
    method: 'GET',
    path,
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag: 'Reports',
    summary: 'Show how campaigns do altogether, the best of them, and the platforms',
    csv: true,
    query,
    data: overviewData,
    async handle({ query }, context) {
      const { now, previous, top_campaigns, platforms, question, meta } = await readOverview(context, query);
      const { currency } = question;
      const totals = {
        ...showPerformance(now, currency),
        tier: tierOf(now.figures),
        currency,
        ...(previous && {
          previous: showPerformance(previous, currency),
          change: showPerformanceChange(now, previous),
        }),
      };
      const nested = previous === undefined ? {} : nestedColumns;
      return {
        data: {
          ...totals,
          top_campaigns: showCampaigns(top_campaigns, currency),
          platforms: platforms.map((row, place) => showPlatform(row, place, currency)),
        },
        meta,
        csv: csvOfRows('overview', [totals], { columns, currency, nested }),
      };
    },
  });
}

function showPerformance(of: Performance, currency: string): z.output<typeof performanceData> {
  const { figures, creditable_revenue_minor, attribution_rate_e2, mer_e4 } = of;
  return {
    ...showFigures(figures, currency),
    creditable_revenue:
      creditable_revenue_minor === null ? null : formatMoney(creditable_revenue_minor, currency),
    attribution_rate: percent(attribution_rate_e2),
    mer: ratio(mer_e4),
  };
}

function showPerformanceChange(now: Performance, before: Performance): z.output<typeof overviewChange> {
  return {
    ...showChange(now.figures, before.figures),
    creditable_revenue: percent(changeE2(now.creditable_revenue_minor, before.creditable_revenue_minor)),
    mer: percent(changeE2(now.mer_e4, before.mer_e4)),
  };
}
