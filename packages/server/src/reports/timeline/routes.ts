import { z } from 'zod';
import { type Reply, type Route, route } from '../../vocabulary/route.ts';
import { intervalUnits, zonedIsoFormat } from '../../vocabulary/time-zone.ts';
import { reportQuery } from '../ask/report-query.ts';
import type { Figures } from '../figures.ts';
import { campaignNamed } from '../measure/read-campaigns.ts';
import { campaignScope, knownScope } from '../measure/scope.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import {
  changeData,
  comparedColumns,
  figuresData,
  showChange,
  showCompared,
  showFigures,
} from '../show/show-figures.ts';
import { readTimeline, type Timeline } from './read-timeline.ts';

const timelineQuery = reportQuery.extend({
  interval: z.enum(intervalUnits).default('day').meta({
    description: 'Hours, days, ISO weeks (from Monday) or months of the time zone.',
  }),
});

const instant = z.iso.datetime({ offset: true });

const row = z.object({
  start: instant.meta({ description: 'With the offset that the zone has then' }),
  end: instant.meta({ description: 'Not included' }),
  ...figuresData.shape,
  currency: z.string(),
  previous: z
    .object({ start: instant, end: instant, ...figuresData.shape })
    .nullable()
    .optional(),
  change: changeData.nullable().optional(),
});

const columns = Object.keys(row.omit({ previous: true, change: true }).shape);
const nestedColumns = { ...comparedColumns, previous: ['start', 'end', ...comparedColumns.previous] };

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/timeline',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag: 'Reports',
    summary: 'Show what campaigns earned by hour, day, week or month, without gaps',
    csv: true,
    query: timelineQuery,
    data: z.array(row),
    async handle({ query }, context) {
      return reply('timeline', await readTimeline(context, query, knownScope));
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/reports/timeline',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag: 'Reports',
    summary: 'Show what a campaign earned by hour, day, week or month, without gaps',
    csv: true,
    params: z.object({ id: z.uuid() }),
    query: timelineQuery,
    data: z.array(row),
    async handle({ params: { id }, query }, context) {
      const timeline = await readTimeline(context, query, (question, campaigns) =>
        campaignScope(question, campaigns, campaignNamed(campaigns, id).campaign_id),
      );
      return reply(`timeline-${id}`, timeline);
    },
  }),
];

function reply(filename: string, timeline: Timeline): Reply {
  const { question, meta, totals } = timeline;
  const { currency } = question;
  const data = showRows(timeline);
  return {
    data,
    meta: {
      ...meta,
      totals: { ...showFigures(totals.figures, currency), currency, ...showCompared(totals, currency) },
    },
    csv: csvOfRows(filename, data, {
      columns,
      currency,
      nested: question.previous === undefined ? {} : nestedColumns,
    }),
  };
}

function showRows({ rows, question: { currency, time_zone, previous: compared } }: Timeline) {
  const format = zonedIsoFormat(time_zone);
  // One spread in a literal that begins with names: an object put together from several takes 30 times as long.
  const show = ({ from, to, figures }: { from: Date; to: Date; figures: Figures }) => ({
    start: format(from),
    end: format(to),
    ...showFigures(figures, currency),
  });
  return rows.map((row) => {
    const shown = Object.assign(show(row), { currency });
    if (compared === undefined) return shown;
    const { figures, previous } = row;
    return Object.assign(shown, {
      previous: previous === undefined ? null : show(previous),
      change: previous === undefined ? null : showChange(figures, previous.figures),
    });
  });
}
