import { z } from 'zod';
import { formatMoney } from '../../vocabulary/money.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { touchReportQuery } from '../ask/report-query.ts';
import { percentE2 } from '../figures.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { percent } from '../show/show-figures.ts';
import { type OverlapReport, readOverlap } from './read-overlap.ts';
import { type PathReport, type Quartiles, readPaths } from './read-paths.ts';

const query = touchReportQuery
  .omit({ basis: true, platform: true, status: true, include_children: true, sort: true, compare: true })
  .extend({
    channels: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .meta({
        description: 'Whether arrivals without a campaign are steps too; as the model has it when absent.',
      }),
  });
const bySale = { basis: 'sale' as const };

const quartiles = z.object({ q1: z.number(), median: z.number(), q3: z.number() });

const pathRow = z.object({
  rank: z.int(),
  path: z.string().meta({ example: 'Summer Instagram > Newsletter > Summer Instagram' }),
  touches: z.int(),
  conversions: z.int(),
  share: z.number().nullable().meta({ description: 'Percent of the conversions that have a path' }),
  revenue: z
    .number()
    .nullable()
    .meta({ description: 'Credited under the model; null where credit does not add up' }),
  currency: z.string(),
  median_seconds_from_first: z.number().meta({ description: 'Order time − first touch' }),
  median_seconds_from_last: z.number().meta({ description: 'Order time − last touch' }),
  steps: z.array(z.object({ campaign_id: z.uuid(), name: z.string() })),
  seconds_from_first: quartiles,
  seconds_from_last: quartiles,
});

const overlapRow = z.object({
  rank: z.int(),
  campaign_id: z.uuid(),
  name: z.string(),
  other_campaign_id: z.uuid(),
  other_name: z.string(),
  orders: z.int().meta({ description: 'Orders that both touched' }),
  campaign_orders: z.int().meta({ description: 'Orders that the first touched, with the other or without' }),
  other_orders: z.int(),
  share_of_campaign: z.number().nullable().meta({ description: 'orders / campaign_orders × 100' }),
  share_of_other: z.number().nullable().meta({ description: 'orders / other_orders × 100' }),
});

const columns = {
  paths: Object.keys(pathRow.omit({ steps: true, seconds_from_first: true, seconds_from_last: true }).shape),
  overlap: Object.keys(overlapRow.shape),
};

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/paths',
    permission: 'reports:read',
    tag: 'Analytics',
    summary: 'Rank the paths by which customers came to buy; meta.summary says how long they are and take',
    csv: true,
    query,
    data: z.array(pathRow),
    async handle({ query }, context) {
      const report = await readPaths(context, { ...query, ...bySale });
      const { currency } = report.question;
      const data = showPaths(report);
      return {
        data,
        meta: { ...report.meta, summary: showSummary(report) },
        csv: csvOfRows('paths', data, { columns: columns.paths, currency }),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/reports/touch-overlap',
    permission: 'reports:read',
    tag: 'Analytics',
    summary: 'Rank pairs of campaigns by the orders that both touched',
    csv: true,
    query,
    data: z.array(overlapRow),
    async handle({ query }, context) {
      const report = await readOverlap(context, { ...query, ...bySale });
      const data = showOverlap(report);
      const { currency } = report.question;
      return {
        data,
        meta: report.meta,
        csv: csvOfRows('touch-overlap', data, { columns: columns.overlap, currency }),
      };
    },
  }),
];

function showPaths({ rows, summary, question: { currency } }: PathReport): z.output<typeof pathRow>[] {
  return rows.map((row, place) => ({
    rank: place + 1,
    path: row.steps.map(({ name }) => name).join(' > '),
    touches: row.steps.length,
    conversions: Number(row.conversions),
    share: percent(percentE2(row.conversions, summary.conversions)),
    revenue: row.revenue_minor === null ? null : formatMoney(row.revenue_minor, currency),
    currency,
    median_seconds_from_first: whole(row.seconds_from_first).median,
    median_seconds_from_last: whole(row.seconds_from_last).median,
    steps: row.steps,
    seconds_from_first: whole(row.seconds_from_first),
    seconds_from_last: whole(row.seconds_from_last),
  }));
}

function showSummary({ summary }: PathReport) {
  const { conversions, without_path, paths, touches, seconds_from_first, seconds_from_last } = summary;
  return {
    conversions: Number(conversions),
    without_path: Number(without_path),
    paths: Number(paths),
    touches,
    seconds_from_first: seconds_from_first && whole(seconds_from_first),
    seconds_from_last: seconds_from_last && whole(seconds_from_last),
  };
}

function showOverlap({ rows }: OverlapReport): z.output<typeof overlapRow>[] {
  return rows.map(({ orders, campaign_orders, other_orders, ...row }, place) => ({
    rank: place + 1,
    ...row,
    orders: Number(orders),
    campaign_orders: Number(campaign_orders),
    other_orders: Number(other_orders),
    share_of_campaign: percent(percentE2(orders, campaign_orders)),
    share_of_other: percent(percentE2(orders, other_orders)),
  }));
}

/** In whole seconds. */
function whole({ q1, median, q3 }: Quartiles): Quartiles {
  return { q1: Math.round(q1), median: Math.round(median), q3: Math.round(q3) };
}
