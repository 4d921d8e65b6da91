import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { isOneOfRetailers } from '../../../partners/index.ts';
import type { EmailQuestion } from '../ask/answer-email-report.ts';

/** What was sold: how many sales, each once, and what they brought after refunds. */
export type SaleSums = { sales: number; revenue_minor: bigint };

export const noSales: SaleSums = { sales: 0, revenue_minor: 0n };

export type SaleGroup = 'campaign' | 'retailer' | 'region' | 'whole' | 'channel';

// biome-ignore format: a table is read by its columns
const keyOf: Record<SaleGroup, RawBuilder<unknown>> = {
  campaign: sql`sale.campaign_id::text`,
  retailer: sql`coalesce(partner.id::text, 'name:' || btrim(sale.retailer), '')`,
  region:   sql`coalesce(partner.region, '')`,
  whole:    sql`''`,
  channel:  sql`case when sale.by_email then 'email' else 'other' end`,
};

/**
 * Sums the sales of the question's campaigns in its range by campaign, retailer (a partner's id, else `name:` and what
 * the sale calls it, empty: none), region (empty: none), whether a mail led to them, or altogether; an answer for each
 * grouping asked for, all from one reading of the sales. A sale that several campaigns share counts once in each group.
 */
export async function readSales<Group extends SaleGroup>(
  db: Database,
  question: EmailQuestion,
  ...groups: Group[]
): Promise<Record<Group, Map<string, SaleSums>>> {
  const columns = ['sale_id', 'campaign_id', 'retailer', 'revenue_minor'];
  if (groups.some((group) => group === 'channel')) columns.push('by_email');
  const ofGroups = groups.map(
    (group) => sql`
    select ${group}::text as grouping, ${keyOf[group]} as key, ${countSales(question)}::int as sales,
           sum(sale.revenue_minor)::bigint as revenue_minor
      from sale
      ${partnerOfSale}
     group by 2`,
  );
  const { rows } = await sql<{ grouping: Group; key: string } & SaleSums>`
    with sale as materialized (
      select ${sql.join(columns.map((name) => sql.ref(name)))} from (${salesOf(question)}) each
    )
    ${sql.join(ofGroups, sql` union all `)}`.execute(db);
  const answers = Object.fromEntries(groups.map((group) => [group, new Map()])) as Record<
    Group,
    Map<string, SaleSums>
  >;
  for (const { grouping, key, ...sums } of rows) answers[grouping].set(key, sums);
  return answers;
}

/** Claims stand in a row each; a sale that a model divides in one for each campaign. */
function countSales({ is_claimed }: EmailQuestion): RawBuilder<unknown> {
  return is_claimed ? sql`count(*)` : sql`count(distinct sale.sale_id)`;
}

/** The partner that a sale names as its retailer. */
export const partnerOfSale = sql`
  left join partner_names named on named.kind = 'retailer' and named.name_key = lower(btrim(sale.retailer))
  left join partners partner on partner.id = named.partner_id`;

/**
 * The sales of a question as a subquery, a row for each sale and campaign: `sale_id, order_id, campaign_id, retailer,
 * product_category, sold_at, revenue_minor, by_email`. As sources claim them, or as the model credits them. A mail led
 * to a sale that its source says so of, or whose path has a person's click in a mail of the campaign.
 */
export function salesOf(question: EmailQuestion): RawBuilder<unknown> {
  const ids = question.campaigns.map(({ campaign_id }) => campaign_id);
  const { retailers, currency } = question;
  const theirs = retailers === undefined ? sql`true` : isOneOfRetailers(sql`retailer`, retailers);
  if (question.is_claimed) {
    return sql`
      select sale_id, order_id, campaign_id, retailer, product_category, sold_at, revenue_minor,
             send_id is not null or ${hasEmailClick(sql`claimed.order_id`, sql`claimed.campaign_id`)} as by_email
        from reporting.claimed_sales claimed
       where campaign_id = any(${ids}::uuid[]) and currency = ${currency} and ${theirs}
         and ${within(question, sql`sold_at`)}`;
  }
  return sql`
    select credited.order_id as sale_id, credited.order_id, credited.campaign_id, o.retailer,
           (select product_category from conversions where order_id = o.id order by converted_at, id limit 1)
             as product_category,
           credited.sold_at, credited.revenue_minor,
           ${hasEmailClick(sql`credited.order_id`, sql`credited.campaign_id`)} as by_email
      from (
        select order_id, campaign_id, min(sale_time) as sold_at, sum(revenue_minor)::bigint as revenue_minor
          from credit_entries
         where model_version_id = ${question.model.id} and campaign_id = any(${ids}::uuid[])
           and currency = ${currency} and ${within(question, sql`sale_time`)}
         group by order_id, campaign_id
        having sum(revenue_minor) <> 0
      ) credited
      join orders o on o.id = credited.order_id
     where ${theirs}`;
}

function hasEmailClick(orderId: RawBuilder<unknown>, campaignId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`exists (
    select from order_touches touch
     where touch.order_id = ${orderId} and touch.campaign_id = ${campaignId} and touch.kind = 'email_click')`;
}

export function within(
  { span: { from, to } }: EmailQuestion,
  column: RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql`${from === null ? sql`true` : sql`${column} >= ${from}`}
    and ${to === null ? sql`true` : sql`${column} < ${to}`}`;
}
