import { z } from 'zod';
import { type Route, route } from '../../vocabulary/route.ts';
import { percentE2 } from '../figures.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { percent } from '../show/show-figures.ts';
import { answerEmailReport } from './ask/answer-email-report.ts';
import { emailQuery } from './ask/email-query.ts';
import { noMail, readMailCounts } from './facts/mail-counts.ts';
import { noSales, readSales } from './facts/sales.ts';

const funnelRow = z.object({
  step: z.enum(['sent', 'delivered', 'opened', 'clicked', 'converted']),
  count: z.int(),
  of_previous: z.number().nullable().meta({ description: 'Percent of the step before' }),
  of_first: z.number().nullable().meta({ description: 'Percent of what was sent' }),
  machines: z.int().nullable().meta({ description: 'What machines alone did, which is not in the count' }),
});

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/email/funnel',
    permission: 'emails:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Email reports',
    summary: 'Show how many mails came how far: sent, delivered, opened, clicked, and what was sold',
    csv: true,
    query: emailQuery.omit({ order: true, limit: true }),
    data: z.array(funnelRow),
    async handle({ query }, context) {
      const { mail, sales, meta, question } = await answerEmailReport(context, query, async (db, asked) => ({
        mail: (await readMailCounts(db, asked, 'whole')).whole.get('') ?? noMail,
        sales: (await readSales(db, asked, 'whole')).whole.get('') ?? noSales,
      }));
      const steps = [
        ['sent', mail.sent, null],
        ['delivered', mail.delivered, null],
        ['opened', mail.opened, mail.machine_opened],
        ['clicked', mail.clicked, mail.machine_clicked],
        ['converted', sales.sales, null],
      ] as const;
      const data = steps.map(([step, count, machines], place) => ({
        step,
        count,
        of_previous: place === 0 ? null : share(count, steps[place - 1]![1]),
        of_first: share(count, mail.sent),
        machines,
      }));
      const columns = Object.keys(funnelRow.shape);
      return { data, meta, csv: csvOfRows('email-funnel', data, { columns, currency: question.currency }) };
    },
  }),
];

function share(part: number, whole: number): number | null {
  return percent(percentE2(BigInt(part), BigInt(whole)));
}
