import { z } from 'zod';
import { type Route, route } from '../../vocabulary/route.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { answerEmailReport, firstRows } from './ask/answer-email-report.ts';
import { emailQuery } from './ask/email-query.ts';
import { readLeads } from './facts/leads.ts';
import { noMail, readMailCounts } from './facts/mail-counts.ts';
import { readSales } from './facts/sales.ts';
import { mailData, saleData, showMail, showSales } from './show/mail-figures.ts';
import { rankBy } from './show/rank-by.ts';

const figures = {
  retailers: z.int().meta({ description: 'Partners that were mailed' }),
  ...mailData,
  ...saleData,
};

const regionRow = z.object({
  rank: z.int(),
  name: z.string().nullable().meta({ description: 'Null: of a partner without a region, or of none' }),
  ...figures,
  currency: z.string(),
});

const sortable = Object.keys(figures) as (keyof typeof figures)[];
const columns = Object.keys(regionRow.shape);

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/email/regions',
    permission: 'emails:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Email reports',
    summary: 'Show mails and sales by the region of the retailer',
    csv: true,
    query: emailQuery.extend({
      sort: z
        .enum(['name', ...sortable])
        .default('revenue')
        .meta({ description: 'What to order rows by.' }),
    }),
    data: z.array(regionRow),
    async handle({ query }, context) {
      const { rows, meta, question } = await answerEmailReport(context, query, async (db, asked) => {
        const { region: mail } = await readMailCounts(db, asked, 'region');
        const { region: sales } = await readSales(db, asked, 'region');
        const leads = await readLeads(db, asked, 'region');
        const keys = [...new Set([...mail.keys(), ...sales.keys(), ...leads.keys()])];
        return {
          rows: keys.map((key) => {
            const of = { mail: mail.get(key), sales: sales.get(key), leads: leads.get(key) };
            return {
              name: key === '' ? null : key,
              retailers: (of.mail ?? noMail).retailers,
              ...showMail(of),
              ...showSales(of, asked.currency),
              currency: asked.currency,
            };
          }),
        };
      });
      const ranked = rankBy(rows, query.sort, query.order ?? (query.sort === 'name' ? 'asc' : 'desc'));
      const data = firstRows(ranked, query);
      return { data, meta, csv: csvOfRows('email-regions', data, { columns, currency: question.currency }) };
    },
  }),
];
