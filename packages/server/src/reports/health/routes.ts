import { z } from 'zod';
import { formatMoney } from '../../vocabulary/money.ts';
import { formatQuantity } from '../../vocabulary/quantity.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { toZonedIso } from '../../vocabulary/time-zone.ts';
import { reportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { count, percent, ratio } from '../show/show-figures.ts';
import { type Health, readHealth } from './read-health.ts';

const part = z.object({
  total: z.number().nullable(),
  attributed: z.number().nullable(),
  unattributed: z.number().nullable(),
  attribution_rate: z.number().nullable().meta({ description: 'attributed / total × 100' }),
});

const healthData = z.object({
  items: part.meta({ description: 'Order lines' }),
  revenue: part,
  orders: part,
  overlap: z
    .object({
      average: z.number().nullable().meta({ description: 'Campaigns per attributed line, each line once' }),
      distribution: z.array(
        z.object({ matched_campaigns: z.int(), lines: z.int(), units: z.number(), revenue: z.number() }),
      ),
    })
    .meta({ description: 'Lines by how many campaigns hold credit of them' }),
  unattributed_products: z
    .object({
      orders_examined: z.int(),
      since: z.iso.datetime({ offset: true }).nullable(),
      products: z.array(
        z.object({
          product_id: z.uuid(),
          external_id: z.string(),
          sku: z.string().nullable(),
          name: z.string().nullable(),
          units: z.number(),
          revenue: z.number(),
          lines: z.int(),
        }),
      ),
    })
    .nullable()
    .meta({
      description: 'What sold without any campaign, by revenue, among the latest orders of the range',
    }),
  currency: z.string(),
});

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/health',
    permission: 'reports:read',
    tag: 'Reports',
    summary: 'Show how much of what could be credited is credited, and by how many campaigns',
    csv: true,
    query: reportQuery,
    data: healthData.extend({ previous: healthData.optional() }),
    async handle({ query }, context) {
      const { question, meta, previous, ...health } = await readHealth(context, query);
      const data = showHealth(health, question);
      return {
        data: { ...data, ...(previous && { previous: showHealth(previous, question) }) },
        meta,
        csv: csvOfRows('health', csvRows(data), { columns, currency: question.currency }),
      };
    },
  }),
];

function showHealth(health: Health, { currency, time_zone }: ReportQuestion): z.output<typeof healthData> {
  const money = (minor: bigint | null) => (minor === null ? null : formatMoney(minor, currency));
  const show = (of: Health['items'], format: (value: bigint | null) => number | null) => ({
    total: format(of.total),
    attributed: format(of.attributed),
    unattributed: format(of.unattributed),
    attribution_rate: percent(of.rate_e2),
  });
  return {
    items: show(health.items, count),
    revenue: show(health.revenue, money),
    orders: show(health.orders, count),
    overlap: {
      average: ratio(health.overlap_e4),
      distribution: health.distribution.map(({ matched_campaigns, lines, units_e4, revenue_minor }) => ({
        matched_campaigns,
        lines: Number(lines),
        units: formatQuantity(units_e4),
        revenue: formatMoney(revenue_minor, currency),
      })),
    },
    unattributed_products: health.unattributed_products
      ? {
          orders_examined: health.unattributed_products.orders_examined,
          since:
            health.unattributed_products.since && toZonedIso(health.unattributed_products.since, time_zone),
          products: health.unattributed_products.products.map(
            ({ units_e4, revenue_minor, lines, ...product }) => ({
              ...product,
              units: formatQuantity(units_e4),
              revenue: formatMoney(revenue_minor, currency),
              lines: Number(lines),
            }),
          ),
        }
      : null,
    currency,
  };
}

const columns = ['figure', 'total', 'attributed', 'unattributed', 'attribution_rate', 'currency'];

function csvRows({ items, revenue, orders, currency }: z.output<typeof healthData>) {
  return [
    { figure: 'lines', ...items, currency: null },
    { figure: 'revenue', ...revenue, currency },
    { figure: 'orders', ...orders, currency: null },
  ];
}
