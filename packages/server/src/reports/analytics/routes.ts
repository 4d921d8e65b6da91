import { z } from 'zod';
import { formatMoney } from '../../vocabulary/money.ts';
import { type Reply, type Route, route } from '../../vocabulary/route.ts';
import { intervalUnits, zonedIsoFormat } from '../../vocabulary/time-zone.ts';
import { touchReportQuery } from '../ask/report-query.ts';
import { percentE2, tierOf } from '../figures.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { changeData, figuresData, percent, showChange, showFigures } from '../show/show-figures.ts';
import {
  showVisitChange,
  showVisitFigures,
  visitChangeData,
  visitFiguresData,
} from '../show/show-visit-figures.ts';
import type { Analysed, AnalysedCampaign } from './analysed.ts';
import { type Analytics, readAnalytics } from './read-analytics.ts';
import { readVisitTimeline, type VisitTimeline } from './read-visit-timeline.ts';
import type { WonShare } from './read-won.ts';

const tag = 'Analytics';
const params = z.object({ id: z.uuid() });
const ofOneCampaign = touchReportQuery.omit({ platform: true, status: true, sort: true });

const analysedData = z.object({ ...visitFiguresData.shape, ...figuresData.shape });
const { visits: total_visits, ...otherVisitFigures } = visitFiguresData.shape;
const wholeData = z.object({ total_visits, ...otherVisitFigures, ...figuresData.shape });
const wholeChange = z.object({
  total_visits: z.number().nullable(),
  ...visitChangeData.omit({ visits: true }).shape,
  ...changeData.shape,
});

const share = {
  visits: z.int(),
  share: z.number().meta({ description: 'Percent of all visits' }),
  conversions: z.int().meta({ description: 'Each where its last visit by the campaign was made' }),
  revenue: z.number(),
};

const campaignRow = z.object({
  campaign_id: z.uuid(),
  name: z.string(),
  platform: z.string(),
  status: z.string(),
  ...analysedData.shape,
  currency: z.string(),
});

const analyticsData = z.object({
  campaign_id: z.uuid(),
  name: z.string(),
  platform: z.string(),
  status: z.string(),
  parent_campaign_id: z.uuid().nullable(),
  tracking_code: z.string(),
  ...wholeData.shape,
  bots: z.int().meta({ description: 'Clicks of bots: kept, never counted as visits nor credited' }),
  kept_apart: z
    .object({ bot: z.int(), own_traffic: z.int(), impossible_rate: z.int() })
    .meta({ description: 'Clicks that are not counted, by the reason' }),
  tier: z.string(),
  currency: z.string(),
  devices: z.array(z.object({ device_type: z.string().nullable(), ...share })),
  countries: z.array(z.object({ country: z.string().nullable(), ...share })),
  channels: z.array(z.object({ channel: z.string().nullable(), ...share })),
  children: z.array(campaignRow).optional().meta({ description: 'Each child with all below it' }),
  platforms: z
    .array(z.object({ platform: z.string(), ...analysedData.shape, currency: z.string() }))
    .optional(),
  previous: wholeData.optional(),
  change: wholeChange.optional(),
});

const intervalRow = z.object({
  start: z.iso.datetime({ offset: true }).meta({ description: 'With the offset that the zone has then' }),
  end: z.iso.datetime({ offset: true }).meta({ description: 'Not included' }),
  ...analysedData.shape,
  currency: z.string(),
});

const columns = {
  analytics: Object.keys(
    analyticsData.omit({
      ...{ kept_apart: true, devices: true, countries: true, channels: true, children: true },
      ...{ platforms: true, previous: true, change: true },
    }).shape,
  ),
  interval: Object.keys(intervalRow.shape),
};
const comparedColumns = {
  previous: Object.keys(wholeData.shape),
  change: Object.keys(wholeChange.shape),
};

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/:id/analytics',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'Show who visited by a campaign, on what and from where, and what came of it',
    csv: true,
    params,
    query: ofOneCampaign.omit({ order: true, limit: true }),
    data: analyticsData,
    async handle({ params: { id }, query }, context) {
      const analytics = await readAnalytics(context, id, query);
      const { currency } = analytics.question;
      const data = showAnalytics(analytics);
      const nested = analytics.previous === undefined ? {} : comparedColumns;
      return {
        data,
        meta: analytics.meta,
        csv: csvOfRows(`analytics-${id}`, [data], { columns: columns.analytics, currency, nested }),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/timeline',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'Show the visits of a campaign and what came of them by hour, day, week or month, without gaps',
    csv: true,
    params,
    query: ofOneCampaign.omit({ compare: true }).extend({
      interval: z.enum(intervalUnits).default('day').meta({
        description: 'Hours, days, ISO weeks (from Monday) or months of the time zone.',
      }),
    }),
    data: z.array(intervalRow),
    async handle({ params: { id }, query }, context) {
      return replyIntervals(`timeline-${id}`, await readVisitTimeline(context, id, query));
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/snapshots',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag,
    summary:
      'List the figures of a campaign hour by hour or day by day; hours add up to days, uniques do not',
    csv: true,
    params,
    query: ofOneCampaign.omit({ compare: true }).extend({ grain: z.enum(['hour', 'day']).default('day') }),
    data: z.array(intervalRow),
    async handle({ params: { id }, query: { grain, ...query } }, context) {
      const snapshots = await readVisitTimeline(context, id, { ...query, interval: grain });
      return replyIntervals(`snapshots-${id}`, snapshots);
    },
  }),
];

function replyIntervals(filename: string, { rows, question, meta }: VisitTimeline): Reply {
  const { currency, time_zone } = question;
  const format = zonedIsoFormat(time_zone);
  const data = rows.map(({ from, to, ...analysed }) => ({
    start: format(from),
    end: format(to),
    ...showAnalysed(analysed, currency),
    currency,
  }));
  return { data, meta, csv: csvOfRows(filename, data, { columns: columns.interval, currency }) };
}

function showAnalytics(analytics: Analytics): z.output<typeof analyticsData> {
  const { campaign, now, previous, kept_apart, shares, tree, question } = analytics;
  const { currency } = question;
  const apart = (reason: string) => Number(kept_apart.get(reason) ?? 0n);
  const shareOf = ({ visits, conversions, revenue_minor }: WonShare) => ({
    visits: Number(visits),
    share: percent(percentE2(visits, now.visited.visits)) ?? 0,
    conversions: Number(conversions),
    revenue: formatMoney(revenue_minor, currency),
  });
  return {
    ...campaign,
    ...showWhole(now, currency),
    bots: apart('bot'),
    kept_apart: {
      bot: apart('bot'),
      own_traffic: apart('own_traffic'),
      impossible_rate: apart('impossible_rate'),
    },
    tier: tierOf(now.figures),
    currency,
    devices: shares.devices.map((each) => ({ device_type: each.value, ...shareOf(each) })),
    countries: shares.countries.map((each) => ({ country: each.value, ...shareOf(each) })),
    channels: shares.channels.map((each) => ({ channel: each.value, ...shareOf(each) })),
    ...(tree && {
      children: tree.children.map((child) => showCampaign(child, currency)),
      platforms: tree.platforms.map(({ platform, ...analysed }) => ({
        platform,
        ...showAnalysed(analysed, currency),
        currency,
      })),
    }),
    ...(previous && {
      previous: showWhole(previous, currency),
      change: showChanged(now, previous),
    }),
  };
}

function showCampaign({ figures, visited, ...campaign }: AnalysedCampaign, currency: string) {
  const { campaign_id, name, platform, status } = campaign;
  return { campaign_id, name, platform, status, ...showAnalysed({ figures, visited }, currency), currency };
}

function showAnalysed({ figures, visited }: Analysed, currency: string): z.output<typeof analysedData> {
  return { ...showVisitFigures(visited, currency), ...showFigures(figures, currency) };
}

function showWhole(analysed: Analysed, currency: string): z.output<typeof wholeData> {
  const { visits, ...rest } = showAnalysed(analysed, currency);
  return { total_visits: visits, ...rest };
}

function showChanged(now: Analysed, before: Analysed): z.output<typeof wholeChange> {
  const { visits, ...rest } = showVisitChange(now.visited, before.visited);
  return { total_visits: visits, ...rest, ...showChange(now.figures, before.figures) };
}
