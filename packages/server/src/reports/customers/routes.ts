import { z } from 'zod';
import { dayOf } from '../../vocabulary/day.ts';
import { formatMoney } from '../../vocabulary/money.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import type { Interval } from '../../vocabulary/time-zone.ts';
import { reportQuery } from '../ask/report-query.ts';
import { changeE2 } from '../figures.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { count, percent, ratio } from '../show/show-figures.ts';
import type { ComparedCustomers, CustomerFigures } from './customer-figures.ts';
import { customerRoutes } from './one-customer/routes.ts';
import { customerSorts } from './rank-customers.ts';
import { type CustomersReport, customerGroups, readCustomers } from './read-customers.ts';

const query = reportQuery.extend({
  by: z.enum(customerGroups).default('campaign').meta({
    description:
      'A row for each campaign that acquired customers, for each month in which they were acquired, or for both.',
  }),
  basis: z.enum(['sale']).default('sale').meta({
    description: 'Customers are acquired at a sale: there is no such report as booked.',
  }),
  sort: z.enum(customerSorts).optional().meta({
    description: 'What to order rows by; by month, then by customers, when absent. Unknown values come last.',
  }),
});

const figuresData = z.object({
  customers: z.int().meta({ description: 'Customers whose first credited order lies in the range' }),
  new_customer_revenue: z.number().nullable().meta({
    description: "Credited revenue of customers' first orders; null where it would be counted twice",
  }),
  new_customer_orders: z.int().nullable().meta({
    description: "Customers' first orders that hold credit, once for each campaign",
  }),
  spend: z.number().meta({ description: 'Sum of the spend dated in the range' }),
  cac: z.number().nullable().meta({ description: 'spend / customers; null without customers' }),
  revenue_to_date: z.number().nullable().meta({
    description: 'All that these customers have bought to date; null to who sees only their own',
  }),
  orders_to_date: z.int().nullable(),
  ltv: z.number().nullable().meta({ description: 'revenue_to_date / customers; null without customers' }),
  ltv_to_cac: z.number().nullable().meta({ description: 'ltv / cac; null without spend or customers' }),
});

const changeData = z.object({
  customers: z.number().nullable(),
  new_customer_revenue: z.number().nullable(),
  spend: z.number().nullable(),
  cac: z.number().nullable(),
  revenue_to_date: z.number().nullable(),
  ltv: z.number().nullable(),
});

const row = z.object({
  rank: z.int(),
  month: z.string().nullable().meta({ description: 'The month they were acquired in', example: '2026-02' }),
  campaign_id: z.uuid().nullable(),
  name: z.string().nullable(),
  platform: z.string().nullable(),
  status: z.string().nullable(),
  parent_campaign_id: z.uuid().nullable(),
  tracking_code: z.string().nullable(),
  ...figuresData.shape,
  currency: z.string(),
  previous: figuresData.optional(),
  change: changeData.optional(),
});

const columns = Object.keys(row.omit({ previous: true, change: true }).shape);
const comparedColumns = { previous: Object.keys(figuresData.shape), change: Object.keys(changeData.shape) };

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/customers',
    permission: 'reports:read',
    narrowedFor: ['owner'],
    tag: 'Reports',
    summary: 'Show which customers campaigns acquired, what each cost and what they brought to date',
    csv: true,
    query,
    data: z.array(row),
    async handle({ query }, context) {
      const report = await readCustomers(context, query);
      const { currency, previous } = report.question;
      const data = showRows(report);
      return {
        data,
        meta: {
          ...report.meta,
          by: query.by,
          row_count: report.row_count,
          totals: { ...show(report.totals, currency), currency },
        },
        csv: csvOfRows('customers', data, {
          columns,
          currency,
          nested: previous === undefined ? {} : comparedColumns,
        }),
      };
    },
  }),
  ...customerRoutes,
];

function showRows({ rows, question: { currency, time_zone } }: CustomersReport) {
  // Asked of the zone once for each month, not for each of its campaigns.
  const names = new Map<Interval | undefined, string>();
  for (const { month } of rows) {
    if (month !== undefined && !names.has(month)) names.set(month, dayOf(month.from, time_zone).slice(0, 7));
  }
  return rows.map(({ month, campaign, ...compared }, place) => ({
    rank: place + 1,
    month: names.get(month) ?? null,
    ...(campaign ?? noCampaign),
    ...show(compared, currency),
    currency,
  }));
}

const noCampaign = {
  campaign_id: null,
  name: null,
  platform: null,
  status: null,
  parent_campaign_id: null,
  tracking_code: null,
};

function show({ figures, previous }: ComparedCustomers, currency: string) {
  if (previous === undefined) return showFigures(figures, currency);
  const change = (of: keyof CustomerFigures) => percent(changeE2(figures[of], previous[of]));
  return {
    ...showFigures(figures, currency),
    previous: showFigures(previous, currency),
    change: {
      customers: change('customers'),
      new_customer_revenue: change('new_customer_revenue_minor'),
      spend: change('spend_minor'),
      cac: change('cac_minor'),
      revenue_to_date: change('revenue_to_date_minor'),
      ltv: change('ltv_minor'),
    },
  };
}

function showFigures(figures: CustomerFigures, currency: string): z.output<typeof figuresData> {
  const money = (minor: bigint | null) => (minor === null ? null : formatMoney(minor, currency));
  return {
    customers: Number(figures.customers),
    new_customer_revenue: money(figures.new_customer_revenue_minor),
    new_customer_orders: count(figures.new_customer_orders),
    spend: formatMoney(figures.spend_minor, currency),
    cac: money(figures.cac_minor),
    revenue_to_date: money(figures.revenue_to_date_minor),
    orders_to_date: count(figures.orders_to_date),
    ltv: money(figures.ltv_minor),
    ltv_to_cac: ratio(figures.ltv_to_cac_e4),
  };
}
