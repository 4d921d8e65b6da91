import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { testProportions } from '../compare/two-proportion-test.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { answerEmailReport, type EmailQuestion, firstRows } from './ask/answer-email-report.ts';
import { emailQuery } from './ask/email-query.ts';
import { type MailCounts, readMailCounts } from './facts/mail-counts.ts';
import { mailData, showMail } from './show/mail-figures.ts';

const chance = z.number().nullable();

const subjectRow = z.object({
  rank: z.int(),
  email_campaign_id: z.uuid(),
  campaign_id: z.uuid(),
  subject: z.string(),
  sent_at: z.iso.datetime().nullable(),
  retailers: z.int(),
  ...mailData,
  difference: z.number().nullable().meta({
    description: 'Of its rate from that of the first row, in percentage points; null for the first itself',
  }),
  p_value: chance.meta({
    description: 'The chance of a difference at least as large where there is none (two-proportion test)',
  }),
  is_significant: z.boolean().nullable().meta({ description: 'p_value below 0.05' }),
});

const columns = Object.keys(subjectRow.shape);

const metrics = ['open_rate', 'click_rate'] as const;
type Metric = (typeof metrics)[number];

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/email/subjects',
    permission: 'emails:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Email reports',
    summary: 'Compare subject lines by what was opened or clicked, with the significance of the difference',
    csv: true,
    query: emailQuery.omit({ order: true }).extend({
      by: z.enum(metrics).default('open_rate').meta({ description: 'The rate that is compared.' }),
    }),
    data: z.array(subjectRow),
    async handle({ query: { by, ...query } }, context) {
      const { rows, meta, question } = await answerEmailReport(context, query, async (db, asked) => ({
        rows: await readSubjects(db, asked, by),
      }));
      const data = firstRows(rows, query);
      return {
        data,
        meta: { ...meta, compared_by: by },
        csv: csvOfRows('email-subjects', data, { columns, currency: question.currency }),
      };
    },
  }),
];

/** Mailings by a rate, the best first; each is tested against the best. */
async function readSubjects(db: Database, question: EmailQuestion, by: Metric) {
  const { mailing: mail } = await readMailCounts(db, question, 'mailing');
  if (mail.size === 0) return [];
  const mailings = await db
    .selectFrom('email_campaigns')
    .select(['id', 'campaign_id', 'subject', 'sent_at'])
    .where('id', 'in', [...mail.keys()])
    .execute();
  const rows = mailings
    .map((mailing) => ({ mailing, counts: mail.get(mailing.id)! }))
    .toSorted(
      (a, b) => rateOf(b.counts, by) - rateOf(a.counts, by) || (a.mailing.id < b.mailing.id ? -1 : 1),
    );
  const best = rows[0]!.counts;
  return rows.map(({ mailing: { id, subject, campaign_id, sent_at }, counts }, place) => ({
    rank: place + 1,
    email_campaign_id: id,
    campaign_id,
    subject,
    sent_at: sent_at?.toISOString() ?? null,
    retailers: counts.retailers,
    ...showMail({ mail: counts }),
    ...(place === 0 ? { difference: null, p_value: null, is_significant: null } : compare(counts, best, by)),
  }));
}

function compare(counts: MailCounts, best: MailCounts, by: Metric) {
  const test = testProportions(tallyOf(counts, by), tallyOf(best, by));
  if (test === undefined) return { difference: null, p_value: null, is_significant: null };
  return {
    difference: Math.round(test.difference * 10_000) / 100,
    p_value: test.p_value === null ? null : Math.round(test.p_value * 10_000) / 10_000,
    is_significant: test.p_value === null ? null : test.p_value < 0.05,
  };
}

function tallyOf({ delivered, opened, clicked }: MailCounts, by: Metric) {
  return { visits: delivered, conversions: by === 'open_rate' ? opened : clicked };
}

function rateOf(counts: MailCounts, by: Metric): number {
  const { visits, conversions } = tallyOf(counts, by);
  return visits === 0 ? -1 : conversions / visits;
}
