import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { nameKeyOf } from '../../partners/index.ts';
import { type ActivityName, activityNames } from '../../touches/index.ts';
import { dayOf, startOfDay } from '../../vocabulary/day.ts';
import { invalid } from '../../vocabulary/errors.ts';
import { formatMoney } from '../../vocabulary/money.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import {
  countIntervals,
  floorDay,
  type Interval,
  type IntervalUnit,
  intervalsOf,
  intervalUnits,
  zonedIsoFormat,
} from '../../vocabulary/time-zone.ts';
import { mostRows } from '../ask/report-query.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { answerEmailReport, type EmailQuestion } from './ask/answer-email-report.ts';
import { emailQuery } from './ask/email-query.ts';
import { salesOf, within } from './facts/sales.ts';

const instant = z.iso.datetime({ offset: true });

const timelineRow = z.object({
  start: instant.meta({ description: 'With the offset that the zone has then' }),
  end: instant.meta({ description: 'Not included' }),
  ...(Object.fromEntries(activityNames.map((name) => [name, z.int()])) as Record<ActivityName, z.ZodInt>),
  sales: z.int(),
  revenue: z.number(),
  currency: z.string(),
});

const columns = Object.keys(timelineRow.shape);

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/reports/email/timeline',
    permission: 'emails:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Email reports',
    summary: 'Show mails and sales by hour, day, week or month, each when it happened, without gaps',
    csv: true,
    query: emailQuery
      .omit({ order: true, limit: true })
      .extend({ interval: z.enum(intervalUnits).default('day') }),
    data: z.array(timelineRow),
    async handle({ query: { interval, ...query } }, context) {
      const { rows, meta, question } = await answerEmailReport(context, query, async (db, asked) => ({
        rows: await readTimeline(db, asked, interval),
      }));
      const { currency, time_zone } = question;
      const format = zonedIsoFormat(time_zone);
      const data = rows.map(({ from, to, revenue_minor, ...counts }) => ({
        start: format(from),
        end: format(to),
        ...counts,
        revenue: formatMoney(revenue_minor, currency),
        currency,
      }));
      return { data, meta, csv: csvOfRows('email-timeline', data, { columns, currency }) };
    },
  }),
];

type Fact = { at: Date; what: ActivityName | 'sale'; number: number; revenue_minor: bigint };

/**
 * What happened in each interval: a mail counts when it was sent, delivered, first opened and first clicked, so that an
 * interval may have more opens than deliveries. The rates of a mailing are in the other reports.
 */
async function readTimeline(db: Database, question: EmailQuestion, unit: IntervalUnit) {
  const facts = await readFacts(db, question);
  const intervals = intervalsIn(question, facts, unit);
  const rows = intervals.map((interval) => ({
    ...interval,
    ...(Object.fromEntries(activityNames.map((name) => [name, 0])) as Record<ActivityName, number>),
    sales: 0,
    revenue_minor: 0n,
  }));
  let place = 0;
  for (const { at, what, number, revenue_minor } of facts) {
    while (place < rows.length - 1 && rows[place]!.to <= at) place += 1;
    const row = rows[place]!;
    if (what === 'sale') row.sales += number;
    else row[what] += number;
    row.revenue_minor += revenue_minor;
  }
  return rows;
}

function intervalsIn(
  { span, time_zone, as_of }: EmailQuestion,
  facts: Fact[],
  unit: IntervalUnit,
): Interval[] {
  const first = span.from ?? facts[0]?.at;
  if (first === undefined) return [];
  const from = span.from ?? startOfDay(floorDay(dayOf(first, time_zone), unit), time_zone);
  const last = facts.at(-1)?.at ?? from;
  const to = span.to ?? new Date(Math.max(as_of.getTime(), last.getTime() + 1));
  if (countIntervals({ from, to }, unit) > mostRows) {
    throw invalid(
      'interval',
      `would give more than ${mostRows} rows; ask for a coarser one, or a shorter range`,
    );
  }
  return intervalsOf({ from, to }, unit, time_zone);
}

/** Facts by the quarter hour, in order: every zone in use begins its hours on one. */
async function readFacts(db: Database, question: EmailQuestion): Promise<Fact[]> {
  const { rows } = await sql<Fact>`
    ${readsSends(question) ? mailsOfSends(question) : mailsOfSums(question)}
    union all
    select ${quarterOf(sql`sold_at`)}, 'sale', count(distinct sale_id)::int, sum(revenue_minor)::bigint
      from (${salesOf(question)}) sale
     group by 1
     order by at`.execute(db);
  return rows;
}

/** Sums know no partners, and no less than a quarter hour. */
function readsSends({ span: { from, to }, retailers }: EmailQuestion): boolean {
  const isCut = [from, to].some((bound) => bound !== null && bound.getTime() % quarterMs !== 0);
  return isCut || retailers !== undefined;
}

function mailsOfSums(question: EmailQuestion): RawBuilder<unknown> {
  const counts = activityNames.map((name) => sql`(${name}::text, summed.${sql.ref(name)})`);
  return sql`
    select at, what, number::int, 0::bigint as revenue_minor
      from (
        select bucket as at, ${sql.join(activityNames.map((name) => sql`sum(${sql.ref(name)}) as ${sql.ref(name)}`))}
          from email_activity activity
         where ${isOfCampaigns(question)} and ${within(question, sql`bucket`)}
         group by bucket
      ) summed
      cross join lateral (values ${sql.join(counts)}) as told (what, number)
     where number > 0`;
}

function mailsOfSends(question: EmailQuestion): RawBuilder<unknown> {
  const mails = activityNames.map((what) => {
    const column = sql.ref(`send.${what}_at`);
    return sql`
      select ${quarterOf(column)} as at, ${what}::text as what, count(*)::int as number, 0::bigint as revenue_minor
        from email_sends send
       where ${isOfCampaigns(question)} and ${column} is not null and ${within(question, column)}
         and ${isTheirs(question)} and ${isCounted[what] ?? sql`true`}
       group by 1`;
  });
  return sql.join(mails, sql` union all `);
}

// A mail that bounced before it arrived was delivered in the end, and the other way about.
const isCounted: Partial<Record<ActivityName, RawBuilder<boolean>>> = {
  delivered: sql`send.status not in ('bounced', 'failed')`,
  bounced: sql`send.status = 'bounced'`,
};

function isOfCampaigns({ campaigns }: EmailQuestion): RawBuilder<boolean> {
  return sql`email_campaign_id in (
    select id from email_campaigns
     where campaign_id = any(${campaigns.map(({ campaign_id }) => campaign_id)}::uuid[]))`;
}

const quarterMs = 900_000;

function quarterOf(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`date_bin('15 minutes', ${column}, '2000-01-01Z')`;
}

function isTheirs({ retailers }: EmailQuestion): RawBuilder<boolean> {
  if (retailers === undefined) return sql`true`;
  return sql`send.partner_id in (
    select partner_id from partner_names
     where kind = 'retailer' and name_key = any(${retailers.map(nameKeyOf)}::text[]))`;
}
