import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { nameKeyOf } from '../../../partners/index.ts';
import { countNames, type SendCounts } from '../../../touches/index.ts';
import type { EmailQuestion } from '../ask/answer-email-report.ts';

/** How many sends came how far, and to how many partners they went. */
export type MailCounts = SendCounts & { retailers: number };

export type MailGroup = 'campaign' | 'mailing' | 'partner' | 'region' | 'whole';

// biome-ignore format: a table is read by its columns
const keyOf: Record<MailGroup, RawBuilder<unknown>> = {
  campaign: sql`mailing.campaign_id::text`,
  mailing:  sql`mailing.id::text`,
  partner:  sql`counted.partner_id::text`,
  region:   sql`coalesce(partner.region, '')`,
  whole:    sql`''`,
};

// By mailing and partner first, in integers: PostgreSQL adds bigint up in decimals, at several times the cost.
const sums = countNames.map((name) => sql`sum(${sql.ref(name)}::int)::int as ${sql.ref(name)}`);

/** The key of sends that went to nobody who is a partner. */
export const noPartner = '00000000-0000-0000-0000-000000000000';

/**
 * Counts the sends of the question's campaigns that were sent in its range, each once, by campaign, mailing, partner,
 * region (empty: none) or altogether. From the sums of quarter hours, or from the sends where the range cuts one.
 */
export async function readMailCounts(
  db: Database,
  question: EmailQuestion,
  group: MailGroup,
): Promise<Map<string, MailCounts>> {
  const { rows } = await sql<{ key: string } & MailCounts>`
    select ${keyOf[group]} as key,
           count(distinct counted.partner_id) filter (where counted.partner_id <> ${noPartner}::uuid)::int as retailers,
           ${sql.join(countNames.map((name) => sql`sum(counted.${sql.ref(name)})::int as ${sql.ref(name)}`))}
      from (
        select email_campaign_id, partner_id, ${sql.join(sums)}
          from (${counted(question)}) each
         group by email_campaign_id, partner_id
      ) counted
      join email_campaigns mailing on mailing.id = counted.email_campaign_id
      left join partners partner on partner.id = counted.partner_id
     where mailing.campaign_id = any(${question.campaigns.map(({ campaign_id }) => campaign_id)}::uuid[])
       and counted.sent > 0 and ${isTheirs(question)}
     group by 1`.execute(db);
  return new Map(rows.map(({ key, ...counts }) => [key, counts]));
}

function isTheirs({ retailers }: EmailQuestion): RawBuilder<boolean> {
  if (retailers === undefined) return sql`true`;
  return sql`counted.partner_id in (
    select partner_id from partner_names
     where kind = 'retailer' and name_key = any(${retailers.map(nameKeyOf)}::text[]))`;
}

const quarterMs = 900_000;

function counted({ span: { from, to } }: EmailQuestion): RawBuilder<unknown> {
  const isWhole = [from, to].every((bound) => bound === null || bound.getTime() % quarterMs === 0);
  const within = (column: RawBuilder<unknown>) => sql`
    ${from === null ? sql`true` : sql`${column} >= ${from}`} and ${to === null ? sql`true` : sql`${column} < ${to}`}`;
  if (isWhole) return sql`select * from email_rollups where ${within(sql`bucket`)}`;
  return sql`
    select email_campaign_id, coalesce(partner_id, ${noPartner}::uuid) as partner_id, 1 as sent,
           (opened_at is not null or clicked_at is not null or status not in ('sent', 'bounced', 'failed'))::int as delivered,
           (opened_at is not null)::int as opened, (clicked_at is not null)::int as clicked,
           (machine_opened_at is not null and opened_at is null)::int as machine_opened,
           (machine_clicked_at is not null and clicked_at is null)::int as machine_clicked,
           (status = 'bounced')::int as bounced, (status = 'failed')::int as failed,
           (complained_at is not null)::int as complained, (unsubscribed_at is not null)::int as unsubscribed
      from email_sends
     where ${within(sql`sent_at`)}`;
}

export const noMail: MailCounts = {
  ...(Object.fromEntries(countNames.map((name) => [name, 0])) as SendCounts),
  retailers: 0,
};
