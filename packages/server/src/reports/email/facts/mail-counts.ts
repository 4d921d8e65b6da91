import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { nameKeyOf } from '../../../partners/index.ts';
import { cutRange, type OpenSpan } from '../../../rollups/index.ts';
import { countNames, type SendCounts } from '../../../touches/index.ts';
import type { EmailQuestion } from '../ask/answer-email-report.ts';

/** How many sends came how far, and to how many partners they went. */
export type MailCounts = SendCounts & { retailers: number };

export type MailGroup = 'campaign' | 'mailing' | 'partner' | 'region' | 'whole';

// biome-ignore format: a table is read by its columns
const keyOf: Record<MailGroup, RawBuilder<unknown>> = {
  campaign: sql`counted.subject::text`,
  mailing:  sql`counted.subject::text`,
  partner:  sql`counted.partner_id::text`,
  region:   sql`coalesce(partner.region, '')`,
  whole:    sql`''`,
};

/** The key of sends that went to nobody who is a partner. */
export const noPartner = '00000000-0000-0000-0000-000000000000';

/** What sums are kept of until they are grouped: a mailing, or the campaign that it belongs to. */
const subjectOf = (groups: MailGroup[]) =>
  groups.includes('mailing') ? sql`mailing.id` : sql`mailing.campaign_id`;

/**
 * Counts the sends of the question's campaigns that were sent in its range, each once, by campaign, mailing, partner,
 * region (empty: none) or altogether; an answer for each grouping asked for, all from one pass over the sums. Mailings
 * are asked for alone.
 */
export async function readMailCounts<Group extends MailGroup>(
  db: Database,
  question: EmailQuestion,
  ...groups: Group[]
): Promise<MailAnswers<Group>> {
  const answers = Object.fromEntries(groups.map((group) => [group, new Map()])) as MailAnswers<Group>;
  const parts = partsOf(question);
  if (parts.length === 0) return answers;
  const ofGroups = groups.map(
    (group) => sql`
    select ${group}::text as grouping, ${keyOf[group]} as key,
           count(distinct counted.partner_id) filter (where counted.partner_id <> ${noPartner}::uuid)::int as retailers,
           ${sql.join(countNames.map((name) => sql`sum(counted.${sql.ref(name)})::int as ${sql.ref(name)}`))}
      from counted
      left join partners partner on partner.id = counted.partner_id
     group by 2`,
  );
  const { rows } = await sql<{ grouping: Group; key: string } & MailCounts>`
    with counted as materialized (
      select ${subjectOf(groups)} as subject, part.partner_id, ${sql.join(sums)}
        from (${sql.join(parts, sql` union all `)}) part (email_campaign_id, partner_id, ${sql.join(names)})
        join email_campaigns mailing on mailing.id = part.email_campaign_id
       group by 1, 2
      having sum(part.sent) > 0
    )
    ${sql.join(ofGroups, sql` union all `)}`.execute(db);
  for (const { grouping, key, ...counts } of rows) answers[grouping].set(key, counts);
  return answers;
}

type MailAnswers<Group extends MailGroup> = Record<Group, Map<string, MailCounts>>;

// In integers: PostgreSQL adds bigint up in decimals, at several times the cost.
const sums = countNames.map((name) => sql`sum(part.${sql.ref(name)})::int as ${sql.ref(name)}`);

const added = countNames.map((name) => sql`${sql.ref(name)}::int`);
const takenAway = countNames.map((name) => sql`-${sql.ref(name)}::int`);
const names = countNames.map((name) => sql.ref(name));

/** Whole days, the quarter hours at the edges, and sends of less than one: what the range is made of. */
function partsOf(question: EmailQuestion): RawBuilder<unknown>[] {
  const { grains, slivers } = cutRange(question.span);
  const parts = grains.map(
    ({ grain, times, ...span }) => sql`
    select email_campaign_id, partner_id, ${sql.join(times === 1 ? added : takenAway)}
      from email_rollups
     where grain = ${grain} and ${isAsked(question)} and ${lies(sql`bucket`, span)}`,
  );
  return [...parts, ...slivers.map((span) => sendsIn(question, span))];
}

function sendsIn(question: EmailQuestion, span: OpenSpan): RawBuilder<unknown> {
  return sql`
    select email_campaign_id, coalesce(partner_id, ${noPartner}::uuid), 1,
           (status not in ('sent', 'bounced', 'failed'))::int,
           (opened_at is not null)::int, (clicked_at is not null)::int,
           (machine_opened_at is not null and opened_at is null)::int,
           (machine_clicked_at is not null and clicked_at is null)::int,
           (status = 'bounced')::int, (status = 'failed')::int,
           (complained_at is not null)::int, (unsubscribed_at is not null)::int
      from email_sends
     where ${isAsked(question)} and ${lies(sql`sent_at`, span)}`;
}

function isAsked({ campaigns, retailers }: EmailQuestion): RawBuilder<boolean> {
  const ofCampaigns = sql`email_campaign_id in (
    select id from email_campaigns
     where campaign_id = any(${campaigns.map(({ campaign_id }) => campaign_id)}::uuid[]))`;
  if (retailers === undefined) return sql`${ofCampaigns}`;
  return sql`${ofCampaigns} and partner_id in (
    select partner_id from partner_names
     where kind = 'retailer' and name_key = any(${retailers.map(nameKeyOf)}::text[]))`;
}

function lies(column: RawBuilder<unknown>, { from, to }: OpenSpan): RawBuilder<boolean> {
  return sql`${from === null ? sql`true` : sql`${column} >= ${from}`}
    and ${to === null ? sql`true` : sql`${column} < ${to}`}`;
}

export const noMail: MailCounts = {
  ...(Object.fromEntries(countNames.map((name) => [name, 0])) as SendCounts),
  retailers: 0,
};
