import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import type { ReportContext } from '../ask/answer-report.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { answerEmailReport, type EmailQuestion, firstRows } from './ask/answer-email-report.ts';
import { type EmailQuery, emailQuery } from './ask/email-query.ts';
import { readLeads } from './facts/leads.ts';
import { noPartner, readMailCounts } from './facts/mail-counts.ts';
import { readSales } from './facts/sales.ts';
import { type MailFacts, mailData, saleData, showMail, showSales } from './show/mail-figures.ts';
import { rankBy } from './show/rank-by.ts';

const figures = { ...mailData, ...saleData };

const retailerRow = z.object({
  rank: z.int(),
  partner_id: z
    .uuid()
    .nullable()
    .meta({ description: 'Null for a retailer that orders name and nobody entered' }),
  name: z.string(),
  region: z.string().nullable(),
  ...figures,
  currency: z.string(),
});

const sortable = Object.keys(figures) as (keyof typeof figures)[];
const columns = Object.keys(retailerRow.shape);

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/email/retailers',
    permission: 'emails:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Email reports',
    summary: 'Rank retailers by any figure; meta.without_retailer is what is of none',
    csv: true,
    query: emailQuery.extend({
      sort: z
        .enum(['name', ...sortable])
        .default('revenue')
        .meta({ description: 'What to rank by.' }),
      region: z.string().max(100).optional(),
    }),
    data: z.array(retailerRow),
    async handle({ query: { region, ...query } }, context) {
      const { rows, without_retailer, meta, question } = await readRetailers(context, query);
      const asked = region === undefined ? rows : rows.filter((row) => row.region === region);
      const ranked = rankBy(asked, query.sort, query.order ?? (query.sort === 'name' ? 'asc' : 'desc'));
      const data = firstRows(ranked, query);
      return {
        data,
        meta: { ...meta, row_count: ranked.length, without_retailer },
        csv: csvOfRows('email-retailers', data, { columns, currency: question.currency }),
      };
    },
  }),
];

async function readRetailers(context: ReportContext, query: EmailQuery) {
  return await answerEmailReport(context, query, async (db, question) => {
    const { currency } = question;
    const { facts, keys } = await readFacts(db, question);
    const partners = await namesOf(db, keys);
    const show = (of: MailFacts) => ({ ...showMail(of), ...showSales(of, currency), currency });
    return {
      rows: keys.map((key) => ({
        ...(partners.get(key) ?? { partner_id: null, name: key.replace(/^name:/, ''), region: null }),
        ...show(facts(key)),
      })),
      without_retailer: show(facts('')),
    };
  });
}

async function readFacts(db: Database, question: EmailQuestion) {
  const { partner: mail } = await readMailCounts(db, question, 'partner');
  const { retailer: sales } = await readSales(db, question, 'retailer');
  const leads = await readLeads(db, question, 'retailer');
  const mailed = [...mail.keys()].filter((key) => key !== noPartner);
  const keys = [...new Set([...mailed, ...sales.keys(), ...leads.keys()])].filter((key) => key !== '');
  const facts = (key: string): MailFacts => ({
    mail: mail.get(key === '' ? noPartner : key),
    sales: sales.get(key),
    leads: leads.get(key),
  });
  return { facts, keys };
}

async function namesOf(db: Database, keys: string[]) {
  const ids = keys.filter((key) => !key.startsWith('name:'));
  if (ids.length === 0) return new Map<string, { partner_id: string; name: string; region: string | null }>();
  const rows = await db
    .selectFrom('partners')
    .select(['id', 'name', 'region'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, name, region }) => [id, { partner_id: id, name, region }]));
}
