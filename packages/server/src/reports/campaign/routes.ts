import { z } from 'zod';
import { formatMoney } from '../../vocabulary/money.ts';
import { formatQuantity } from '../../vocabulary/quantity.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { zonedIsoFormat } from '../../vocabulary/time-zone.ts';
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
import { type OrderReport, readOrders } from './read-orders.ts';
import { type ProductReport, readProducts } from './read-products.ts';
import { readSummary } from './read-summary.ts';

const tag = 'Reports';
const params = z.object({ id: z.uuid() });

const summaryData = z.object({
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

const creditFigures = figuresData.pick({
  units: true,
  revenue: true,
  profit: true,
  profit_revenue_share: true,
  orders: true,
  lines: true,
});

const productRow = z.object({
  rank: z.int(),
  product_id: z.uuid().nullable(),
  external_id: z.string().nullable(),
  sku: z.string().nullable(),
  name: z.string().nullable(),
  category: z.string().nullable(),
  ...creditFigures.shape,
  currency: z.string(),
  ...comparedData.shape,
});

const orderRow = z.object({
  order_id: z.uuid(),
  source: z.string(),
  external_id: z.string(),
  order_number: z.string().nullable(),
  status: z.string(),
  sale_time: z.iso.datetime({ offset: true }),
  units: z.number(),
  revenue: z.number(),
  profit: z.number().nullable(),
  lines: z.int(),
  currency: z.string(),
});

const withoutCompared = { previous: true, change: true } as const;
const columns = {
  summary: Object.keys(summaryData.omit(withoutCompared).shape),
  products: Object.keys(productRow.omit(withoutCompared).shape),
  orders: Object.keys(orderRow.shape),
};

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/:id/reports/summary',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'Show what a campaign earned and cost',
    csv: true,
    params,
    query: reportQuery,
    data: summaryData,
    async handle({ params: { id }, query }, context) {
      const { campaign, compared, question, meta } = await readSummary(context, id, query);
      const { currency } = question;
      const data = {
        ...campaign,
        ...showFigures(compared.figures, currency),
        tier: tierOf(compared.figures),
        currency,
        ...showCompared(compared, currency),
      };
      const nested = question.previous === undefined ? {} : comparedColumns;
      return {
        data,
        meta,
        csv: csvOfRows(`summary-${id}`, [data], { columns: columns.summary, currency, nested }),
      };
    },
  }),
  productsRoute('/campaigns/:id/reports/products', reportQuery),
  productsRoute('/campaigns/:id/top-products', touchReportQuery),
  route({
    method: 'GET',
    path: '/campaigns/:id/reports/orders',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List the orders a campaign is credited with, the latest sale first',
    csv: true,
    params,
    query: reportQuery.extend({ cursor: z.string().max(500).optional() }),
    data: z.array(orderRow),
    async handle({ params: { id }, query }, context) {
      const report = await readOrders(context, id, query);
      const { currency } = report.question;
      const data = showOrders(report);
      return {
        data,
        meta: { ...report.meta, next_cursor: report.next_cursor },
        csv: csvOfRows(`orders-${id}`, data, { columns: columns.orders, currency }),
      };
    },
  }),
];

function productsRoute(path: string, query: typeof reportQuery | typeof touchReportQuery): Route {
  return route({
    method: 'GET',
    path,
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'Show what a campaign earned with each product',
    csv: true,
    params,
    query,
    data: z.array(productRow),
    async handle({ params: { id }, query }, context) {
      const report = await readProducts(context, id, query);
      const { currency, previous } = report.question;
      const data = showProducts(report);
      const nested = previous === undefined ? {} : comparedColumns;
      return {
        data,
        meta: { ...report.meta, row_count: report.row_count },
        csv: csvOfRows(`products-${id}`, data, { columns: columns.products, currency, nested }),
      };
    },
  });
}

function showProducts({ rows, question: { currency } }: ProductReport) {
  return rows.map(({ figures, previous, ...product }, place) => ({
    rank: place + 1,
    ...product,
    ...creditFigures.parse(showFigures(figures, currency)),
    currency,
    ...showCompared({ figures, previous }, currency),
  }));
}

function showOrders({ rows, question: { currency, time_zone } }: OrderReport) {
  const format = zonedIsoFormat(time_zone);
  return rows.map(({ sale_time, units_e4, revenue_minor, profit_minor, lines, ...order }) => ({
    ...order,
    sale_time: format(sale_time),
    units: formatQuantity(units_e4),
    revenue: formatMoney(revenue_minor, currency),
    profit: profit_minor === null ? null : formatMoney(profit_minor, currency),
    lines: Number(lines),
    currency,
  }));
}
