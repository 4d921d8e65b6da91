import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { isOneOfRetailers } from '../../partners/index.ts';
import { divideRounded, formatMoney } from '../../vocabulary/money.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { percentE2 } from '../figures.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { percent } from '../show/show-figures.ts';
import { answerEmailReport, type EmailQuestion } from './ask/answer-email-report.ts';
import { emailQuery } from './ask/email-query.ts';
import { noSales, readSales, type SaleSums, within } from './facts/sales.ts';

const ordersRow = z.object({
  group: z.enum(['email', 'other_campaigns', 'no_campaign']).meta({
    description:
      'A mail led to it · a campaign holds or claims it without a mail · no campaign of the question does',
  }),
  orders: z.int(),
  order_share: z.number().nullable().meta({ description: 'Percent of all orders' }),
  revenue: z.number(),
  revenue_share: z.number().nullable().meta({ description: 'Percent of all revenue' }),
  average_order_value: z.number().nullable().meta({ description: 'revenue / orders' }),
  currency: z.string(),
});

const columns = Object.keys(ordersRow.shape);

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/email/orders',
    permission: 'emails:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Email reports',
    summary: 'Compare orders that a mail led to with all others: number, revenue, average order value',
    csv: true,
    query: emailQuery.omit({ order: true, limit: true }),
    data: z.array(ordersRow),
    async handle({ query }, context) {
      const { groups, meta, question } = await answerEmailReport(context, query, async (db, asked) => ({
        groups: await readGroups(db, asked),
      }));
      const data = showGroups(groups, question.currency);
      return { data, meta, csv: csvOfRows('email-orders', data, { columns, currency: question.currency }) };
    },
  }),
];

type Group = z.output<typeof ordersRow>['group'];

async function readGroups(db: Database, question: EmailQuestion): Promise<Map<Group, SaleSums>> {
  const { channel: campaigns } = await readSales(db, question, 'channel');
  const [email, other] = [campaigns.get('email') ?? noSales, campaigns.get('other') ?? noSales];
  const groups = new Map<Group, SaleSums>([
    ['email', email],
    ['other_campaigns', other],
  ]);
  // What the shop sold besides is told to who sees all of it, and is not a campaign's business.
  if (question.seen_by.kind === 'owner') return groups;
  groups.set(
    'no_campaign',
    question.is_claimed ? await readUnclaimed(db, question) : await readUncredited(db, question),
  );
  return groups;
}

/** Sales that are claimed for other campaigns than those of the question, and countable orders that nobody claims. */
async function readUnclaimed(db: Database, question: EmailQuestion): Promise<SaleSums> {
  const { rows } = await sql<SaleSums>`
    with claimed as materialized (
      select order_id, campaign_id, currency, retailer, sold_at, revenue_minor from reporting.claimed_sales
    )
    select count(*)::int as sales, coalesce(sum(revenue_minor), 0)::bigint as revenue_minor
      from (
        select claimed.revenue_minor
          from claimed
         where claimed.campaign_id <> all(${idsOf(question)}::uuid[])
           and claimed.currency = ${question.currency} and ${theirs(question, sql`claimed.retailer`)}
           and ${within(question, sql`claimed.sold_at`)}
        union all
        select greatest(coalesce(lines.sold_minor + o.shipping_minor
                                 + case when o.prices_include_tax then 0 else o.tax_minor end, o.total_minor, 0)
                        - reporting.refunded_minor(o.id), 0)::bigint
          from orders o
          left join lateral (
            select case when count(*) > 0 then greatest(
                     sum(greatest(round(quantity_e4 * unit_price_minor::numeric / 10000) - discount_minor, 0))
                     - o.discount_minor, 0) end as sold_minor
              from order_lines where order_id = o.id
          ) lines on true
         where o.currency = ${question.currency} and ${theirs(question, sql`o.retailer`)}
           and ${within(question, sql`o.ordered_at`)}
           and o.status in (
             select unnest(countable_statuses) from attribution_models where id = ${question.model.id})
           and not exists (select from claimed where claimed.order_id = o.id)
      ) sold`.execute(db);
  return rows[0]!;
}

/**
 * Orders that the model counts and credits to no campaign of the question, at what it could have credited of them: kept
 * with the settlement of each order, where the model is among those that counted it.
 */
async function readUncredited(db: Database, question: EmailQuestion): Promise<SaleSums> {
  const version = question.model.id;
  const { rows } = await sql<SaleSums>`
    select count(*)::int as sales, coalesce(sum(counted.revenue_minor), 0)::bigint as revenue_minor
      from orders o
      join order_settlements settled on settled.order_id = o.id
      join lateral (
        select sum((line ->> 2)::bigint) as revenue_minor
          from jsonb_array_elements(settled.coverage) as parts (part),
               jsonb_array_elements(part -> 'lines') as lines (line)
         where jsonb_exists(part -> 'counted_by', ${version})
        having count(*) > 0
      ) counted on true
     where o.currency = ${question.currency} and ${theirs(question, sql`o.retailer`)}
       and ${within(question, sql`o.ordered_at`)}
       and not exists (
         select from credit_entries entry
          where entry.order_id = o.id and entry.model_version_id = ${version}
            and entry.campaign_id = any(${idsOf(question)}::uuid[])
          group by entry.campaign_id
         having sum(entry.revenue_minor) <> 0)`.execute(db);
  return rows[0]!;
}

function idsOf({ campaigns }: EmailQuestion): string[] {
  return campaigns.map(({ campaign_id }) => campaign_id);
}

function theirs({ retailers }: EmailQuestion, column: RawBuilder<unknown>): RawBuilder<boolean> {
  if (retailers === undefined) return sql`true`;
  return isOneOfRetailers(column, retailers);
}

function showGroups(groups: Map<Group, SaleSums>, currency: string) {
  const all = [...groups.values()];
  const sales = all.reduce((sum, group) => sum + group.sales, 0);
  const revenue = all.reduce((sum, group) => sum + group.revenue_minor, 0n);
  return [...groups].map(([group, sums]) => ({
    group,
    orders: sums.sales,
    order_share: percent(percentE2(BigInt(sums.sales), BigInt(sales))),
    revenue: formatMoney(sums.revenue_minor, currency),
    revenue_share: percent(percentE2(sums.revenue_minor, revenue)),
    average_order_value:
      sums.sales === 0 ? null : formatMoney(divideRounded(sums.revenue_minor, BigInt(sums.sales)), currency),
    currency,
  }));
}
