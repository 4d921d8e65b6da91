import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { nameKeyOf } from '../../partners/index.ts';
import { formatMoney } from '../../vocabulary/money.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import type { ReportContext } from '../ask/answer-report.ts';
import { readSpend, totalSpend } from '../measure/read-spend.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { answerEmailReport, type EmailQuestion, firstRows } from './ask/answer-email-report.ts';
import { type EmailQuery, emailQuery } from './ask/email-query.ts';
import { addLeads, readLeads } from './facts/leads.ts';
import { noMail, readMailCounts } from './facts/mail-counts.ts';
import { noSales, readSales } from './facts/sales.ts';
import {
  type MailFacts,
  mailData,
  returnData,
  saleData,
  showMail,
  showReturn,
  showSales,
} from './show/mail-figures.ts';
import { rankBy } from './show/rank-by.ts';

const figures = {
  retailers: z.int().meta({ description: 'Partners that were mailed' }),
  ...mailData,
  ...saleData,
  ...returnData,
};

export const summaryRow = z.object({
  rank: z.int(),
  campaign_id: z.uuid(),
  name: z.string(),
  platform: z.string(),
  status: z.string(),
  tracking_code: z.string(),
  starts_at: z.iso.datetime(),
  ends_at: z.iso.datetime().nullable(),
  budget_allocated: z.number().nullable().meta({ description: "In the campaign's own currency" }),
  email_campaigns: z.int(),
  ...figures,
  currency: z.string(),
});
type SummaryRow = z.output<typeof summaryRow>;

const columns = Object.keys(summaryRow.shape);
const sortable = Object.keys(figures) as (keyof typeof figures)[];

const summaryQuery = emailQuery.extend({
  sort: z
    .enum(['name', ...sortable])
    .default('revenue')
    .meta({ description: 'What to order rows by.' }),
});

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/email/summary',
    permission: 'emails:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Email reports',
    summary: 'Show what campaigns mailed, sold, cost and returned; meta.totals counts everything once',
    csv: true,
    query: summaryQuery,
    data: z.array(summaryRow),
    async handle({ query }, context) {
      const { rows, totals, meta, question } = await readSummary(context, query);
      const ranked = rankBy(rows, query.sort, query.order ?? (query.sort === 'name' ? 'asc' : 'desc'));
      const data = firstRows(ranked, query);
      return {
        data,
        meta: { ...meta, row_count: ranked.length, totals },
        csv: csvOfRows('email-summary', data, { columns, currency: question.currency }),
      };
    },
  }),
];

/**
 * The campaign performance summary: sends, sales and spend of each campaign, each aggregated on its own and then put
 * side by side, so that a second mailing multiplies nothing.
 */
export async function readSummary(context: ReportContext, query: EmailQuery) {
  return await answerEmailReport(context, query, async (db, question) => {
    const { currency, campaigns } = question;
    const ids = campaigns.map(({ campaign_id }) => campaign_id);
    const facts = await readFacts(db, question);
    const described = await describe(db, ids, question.retailers);
    const spend = question.retailers === undefined ? (await readSpend(db, question, ids))[0]! : undefined;
    const rows = campaigns.map((campaign): Omit<SummaryRow, 'rank'> => {
      const { campaign_id, name, platform, status, tracking_code } = campaign;
      const of = facts.of(campaign_id);
      const spent = spend === undefined ? null : totalSpend(spend, [campaign_id]);
      return {
        ...{ campaign_id, name, platform, status, tracking_code },
        ...described.get(campaign_id)!,
        ...showAll(of, spent, currency),
        currency,
      };
    });
    const totals = {
      ...showAll(facts.whole, spend === undefined ? null : totalSpend(spend, ids), currency),
      currency,
    };
    return { rows, totals };
  });
}

/** What was mailed and sold, by campaign and altogether: partners and sales that campaigns share count once there. */
async function readFacts(db: Database, question: EmailQuestion) {
  const mail = await readMailCounts(db, question, 'campaign', 'whole');
  const sales = await readSales(db, question, 'campaign', 'whole');
  const leads = await readLeads(db, question, 'campaign');
  const of = (key: string): MailFacts => ({
    mail: mail.campaign.get(key),
    sales: sales.campaign.get(key),
    leads: leads.get(key),
  });
  const whole: MailFacts = {
    mail: mail.whole.get(''),
    sales: sales.whole.get(''),
    leads: addLeads(leads.values()),
  };
  return { of, whole };
}

function showAll(facts: MailFacts, spend_minor: bigint | null, currency: string) {
  return {
    retailers: (facts.mail ?? noMail).retailers,
    ...showMail(facts),
    ...showSales(facts, currency),
    ...showReturn(facts.sales ?? noSales, spend_minor, currency),
  };
}

/** What a retailer does not see of a campaign that mailed it: its budget, and its mailings to others. */
async function describe(db: Database, ids: string[], retailers: string[] | undefined) {
  const rows = await db
    .selectFrom('campaigns')
    .select(['id', 'starts_at', 'ends_at', 'budget_amount_minor', 'currency'])
    .select(
      sql<number>`(
      select count(*)::int from email_campaigns mailing
       where campaign_id = campaigns.id and ${retailers === undefined ? sql`true` : mailed(retailers)})`.as(
        'email_campaigns',
      ),
    )
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  return new Map(
    rows.map(({ id, starts_at, ends_at, budget_amount_minor, currency, email_campaigns }) => [
      id,
      {
        starts_at: starts_at.toISOString(),
        ends_at: ends_at?.toISOString() ?? null,
        budget_allocated:
          budget_amount_minor === null || retailers !== undefined
            ? null
            : formatMoney(budget_amount_minor, currency),
        email_campaigns,
      },
    ]),
  );
}

function mailed(retailers: string[]) {
  return sql`exists (
    select from email_rollups mailed join partner_names named on named.partner_id = mailed.partner_id
     where mailed.email_campaign_id = mailing.id and mailed.grain = 'day' and mailed.sent > 0
       and named.kind = 'retailer' and named.name_key = any(${retailers.map(nameKeyOf)}::text[]))`;
}
