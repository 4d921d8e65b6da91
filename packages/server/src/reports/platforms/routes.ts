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
import { type PlatformRow, readPlatforms } from './read-platforms.ts';

export const platformData = z.object({
  rank: z.int(),
  platform: z.string(),
  ...figuresData.shape,
  tier: z.string(),
  currency: z.string(),
  ...comparedData.shape,
});

const columns = Object.keys(platformData.omit({ previous: true, change: true }).shape);

export const routes: Route[] = [
  platformsRoute('/reports/platforms', reportQuery),
  platformsRoute('/campaigns/analytics/platform', touchReportQuery),
];

function platformsRoute(path: string, query: typeof reportQuery | typeof touchReportQuery): Route {
  return route({
    method: 'GET',
    path,
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag: 'Reports',
    summary: 'Compare platforms, each counting what its campaigns share once',
    csv: true,
    query,
    data: z.array(platformData),
    async handle({ query }, context) {
      const { rows, totals, question, meta } = await readPlatforms(context, query);
      const { currency } = question;
      const data = rows.map((row, place) => showPlatform(row, place, currency));
      const nested = question.previous === undefined ? {} : comparedColumns;
      return {
        data,
        meta: {
          ...meta,
          totals: { ...showFigures(totals.figures, currency), currency, ...showCompared(totals, currency) },
        },
        csv: csvOfRows('platforms', data, { columns, currency, nested }),
      };
    },
  });
}

export function showPlatform({ platform, ...compared }: PlatformRow, place: number, currency: string) {
  return {
    rank: place + 1,
    platform,
    ...showFigures(compared.figures, currency),
    tier: tierOf(compared.figures),
    currency,
    ...showCompared(compared, currency),
  };
}
