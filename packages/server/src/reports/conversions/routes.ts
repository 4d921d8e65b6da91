import { z } from 'zod';
import { touchShareShape } from '../../attribution/index.ts';
import { formatMoney } from '../../vocabulary/money.ts';
import { formatQuantity } from '../../vocabulary/quantity.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { zonedIsoFormat } from '../../vocabulary/time-zone.ts';
import { touchReportQuery } from '../ask/report-query.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { percent } from '../show/show-figures.ts';
import { type CampaignSource, readCampaignSource } from './read-campaign-source.ts';
import { type ConversionReport, readConversions } from './read-conversions.ts';
import type { SourceTouch } from './read-path.ts';

const tag = 'Analytics';
const params = z.object({ id: z.uuid() });
const instant = z.iso.datetime({ offset: true });

const conversionRow = z.object({
  order_id: z.uuid(),
  source: z.string(),
  external_id: z.string(),
  order_number: z.string().nullable(),
  status: z.string(),
  sale_time: instant,
  units: z.number(),
  revenue: z.number(),
  profit: z.number().nullable(),
  currency: z.string(),
  visit_id: z.uuid().nullable().meta({ description: 'The last visit by the campaign that can be credited' }),
  touches: z.int().meta({ description: 'How many touches by the campaign can be credited' }),
  first_touch_at: instant.nullable(),
  last_touch_at: instant.nullable(),
  seconds_from_first: z.int().nullable().meta({ description: 'Order time − first touch' }),
  seconds_from_last: z.int().nullable().meta({ description: 'Order time − last touch' }),
});

const named = { campaign_id: z.uuid(), name: z.string(), platform: z.string(), tracking_code: z.string() };

const touchShape = { touch_id: z.uuid(), kind: z.string(), channel: z.string(), touched_at: instant };

const sourceData = z.object({
  order_id: z.uuid(),
  sale_time: instant,
  campaign: z
    .object(named)
    .nullable()
    .meta({ description: 'That with the most credit; null where no campaign holds any' }),
  touch: z
    .object(touchShape)
    .nullable()
    .meta({ description: 'The last touch by that campaign which its credit may have come by' }),
  visit_id: z.uuid().nullable(),
  seconds_from_touch: z.int().nullable(),
  credits: z.array(
    z.object({
      ...named,
      revenue: z.number(),
      share: z
        .number()
        .nullable()
        .meta({ description: 'Percent of what is credited; null where that repeats' }),
    }),
  ),
  path: z
    .array(
      z.object({
        ...touchShape,
        campaign_id: z.uuid().nullable().meta({ description: 'Null for an arrival without a campaign' }),
        name: z.string().nullable(),
        weight_percent: touchShareShape.shape.weight_percent.nullable(),
        revenue: touchShareShape.shape.revenue.nullable(),
        lines: touchShareShape.shape.lines,
      }),
    )
    .meta({
      description:
        'All touches up to the sale, and what each brought: null under models that credit no touches',
    }),
  currency: z.string(),
});

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/:id/conversions',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List the orders a campaign is credited with, the visit that led to each and the time between',
    csv: true,
    params,
    query: touchReportQuery
      .omit({ platform: true, status: true, compare: true })
      .extend({ cursor: z.string().max(500).optional() }),
    data: z.array(conversionRow),
    async handle({ params: { id }, query }, context) {
      const report = await readConversions(context, id, query);
      const data = showConversions(report);
      return {
        data,
        meta: { ...report.meta, next_cursor: report.next_cursor },
        csv: csvOfRows(`conversions-${id}`, data, {
          columns: Object.keys(conversionRow.shape),
          currency: report.question.currency,
        }),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/orders/:id/campaign-source',
    permission: 'credits:read',
    narrowedFor: ['owner'],
    tag,
    summary:
      'Name the campaign that an order came from, the touch that led to it, and what each touch brought',
    params,
    query: touchReportQuery.pick({ model: true, tz: true }),
    data: sourceData,
    async handle({ params: { id }, query }, context) {
      const source = await readCampaignSource(context, id, { ...query, basis: 'sale' });
      return { data: showSource(id, source), meta: source.meta };
    },
  }),
];

function showConversions({ rows, question }: ConversionReport): z.output<typeof conversionRow>[] {
  const { currency, time_zone } = question;
  const format = zonedIsoFormat(time_zone);
  return rows.map(({ sale_time, units_e4, revenue_minor, profit_minor, lines: _, touched, ...order }) => ({
    ...order,
    sale_time: format(sale_time),
    units: formatQuantity(units_e4),
    revenue: formatMoney(revenue_minor, currency),
    profit: profit_minor === null ? null : formatMoney(profit_minor, currency),
    currency,
    visit_id: touched?.visit_id ?? null,
    touches: Number(touched?.touches ?? 0n),
    first_touch_at: touched === undefined ? null : format(touched.first_touch_at),
    last_touch_at: touched === undefined ? null : format(touched.last_touch_at),
    seconds_from_first: touched === undefined ? null : secondsBetween(touched.first_touch_at, sale_time),
    seconds_from_last: touched === undefined ? null : secondsBetween(touched.last_touch_at, sale_time),
  }));
}

function showSource(order_id: string, source: CampaignSource): z.output<typeof sourceData> {
  const { sale_time, credits, touch, path, currency, question } = source;
  const format = zonedIsoFormat(question.time_zone);
  const names = ({ campaign_id, name, platform, tracking_code }: (typeof credits)[number]['campaign']) => ({
    ...{ campaign_id, name, platform, tracking_code },
  });
  return {
    order_id,
    sale_time: format(sale_time),
    campaign: credits[0] === undefined ? null : names(credits[0].campaign),
    touch: touch === undefined ? null : showTouch(touch, format),
    visit_id: touch?.kind === 'visit' ? touch.touch_id : null,
    seconds_from_touch: touch === undefined ? null : secondsBetween(touch.touched_at, sale_time),
    credits: credits.map(({ campaign, revenue_minor, share_e2 }) => ({
      ...names(campaign),
      revenue: formatMoney(revenue_minor, currency),
      share: percent(share_e2),
    })),
    path: path.map(({ campaign, share, ...touch }) => ({
      ...showTouch(touch, format),
      campaign_id: campaign?.campaign_id ?? null,
      name: campaign?.name ?? null,
      ...(share ?? { weight_percent: null, revenue: null, lines: [] }),
    })),
    currency,
  };
}

type ShownTouch = Omit<SourceTouch, 'campaign' | 'share' | 'leads'>;

function showTouch({ touch_id, kind, channel, touched_at }: ShownTouch, format: (instant: Date) => string) {
  return { touch_id, kind, channel, touched_at: format(touched_at) };
}

function secondsBetween(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 1_000);
}
