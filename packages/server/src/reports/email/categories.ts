import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { answerEmailReport, type EmailQuestion, firstRows } from './ask/answer-email-report.ts';
import { emailQuery } from './ask/email-query.ts';
import { readLeads } from './facts/leads.ts';
import { salesOf } from './facts/sales.ts';
import { saleData, showSales } from './show/mail-figures.ts';
import { rankBy } from './show/rank-by.ts';

const { conversion_rate: _, ...figures } = saleData;

const categoryRow = z.object({
  rank: z.int(),
  name: z.string().nullable().meta({ description: 'Null where no category is told' }),
  ...figures,
  currency: z.string(),
});

const sortable = Object.keys(figures) as (keyof typeof figures)[];
const columns = Object.keys(categoryRow.shape);

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/email/categories',
    permission: 'emails:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Email reports',
    summary: 'Show what was sold, and what may be yet, by product category',
    csv: true,
    query: emailQuery.extend({
      sort: z
        .enum(['name', ...sortable])
        .default('revenue')
        .meta({ description: 'What to order rows by.' }),
    }),
    data: z.array(categoryRow),
    async handle({ query }, context) {
      const { rows, meta, question } = await answerEmailReport(context, query, async (db, asked) => ({
        rows: await readCategories(db, asked),
      }));
      const ranked = rankBy(rows, query.sort, query.order ?? (query.sort === 'name' ? 'asc' : 'desc'));
      const data = firstRows(ranked, query);
      return {
        data,
        meta,
        csv: csvOfRows('email-categories', data, { columns, currency: question.currency }),
      };
    },
  }),
];

async function readCategories(db: Database, question: EmailQuestion) {
  const sales = await readSalesByCategory(db, question);
  const leads = await readLeads(db, question, 'category');
  return [...new Set([...sales.keys(), ...leads.keys()])].map((key) => {
    const { conversion_rate: __, ...shown } = showSales(
      { sales: sales.get(key), leads: leads.get(key) },
      question.currency,
    );
    return { name: key === '' ? null : key, ...shown, currency: question.currency };
  });
}

/**
 * A sale is of the category its source tells; else what it brought is divided among the categories of its lines by
 * their price, to the cent (running sums are rounded, so that the parts add up). Where all lines were free, the first
 * stands for what shipping and tax brought.
 */
async function readSalesByCategory(db: Database, question: EmailQuestion) {
  const { rows } = await sql<{ key: string; sales: number; revenue_minor: bigint }>`
    with sale as materialized (${salesOf(question)}), parts as (
      select sale.sale_id, sale.campaign_id, sale.revenue_minor, product.category,
             sum(line.price) over (partition by sale.sale_id, sale.campaign_id
                                   order by line.line_no rows unbounded preceding) as upto,
             line.price, sum(line.price) over (partition by sale.sale_id, sale.campaign_id) as whole,
             line.line_no = min(line.line_no) over (partition by sale.sale_id, sale.campaign_id) as is_first
        from sale
        join lateral (
          select line_no, product_id,
                 greatest(round(quantity_e4 * unit_price_minor::numeric / 10000) - discount_minor, 0) as price
            from order_lines where order_id = sale.order_id
        ) line on true
        join products product on product.id = line.product_id
       where sale.product_category is null
    ), divided as (
      select sale_id, category,
             coalesce(round(revenue_minor * upto / nullif(whole, 0))
                        - round(revenue_minor * (upto - price) / nullif(whole, 0)),
                      case when is_first then revenue_minor else 0 end) as revenue_minor
        from parts
      union all
      select sale_id, product_category, revenue_minor
        from sale
       where product_category is not null
          or not exists (select from order_lines where order_id = sale.order_id)
    )
    select coalesce(category, '') as key, count(distinct sale_id)::int as sales,
           coalesce(sum(revenue_minor), 0)::bigint as revenue_minor
      from divided
     group by 1`.execute(db);
  return new Map(rows.map(({ key, ...sums }) => [key, sums]));
}
