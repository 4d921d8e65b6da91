import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { isCreditable, type TouchRules } from '../creditable-touches.ts';
import type { CountedPath } from './counted-path.ts';

/** Which paths: those of orders sold and visits made in a half-open span; null is open. */
export type PathQuestion = TouchRules & { from: Date | null; to: Date | null };

/** Some of the paths, and how much of the reading is done with them. */
export type PathPart = { paths: CountedPath[]; done: number; of: number };

const slices = [...'0123456789abcdef'];

/**
 * Reads all paths, converting and not, identical ones counted together, a part at a time so that memory stays flat.
 *
 * - A countable order is a conversion of the touches that can be credited with it, kept as its evidence.
 * - What people touched that no countable order can be credited to is a path that lapsed: of each person (sessions joined
 *   by their customer), broken where nothing happened for longer than the visit window.
 */
export async function* readPaths(db: Database, question: PathQuestion): AsyncGenerator<PathPart> {
  const of = 2 * slices.length;
  let done = 0;
  for (const read of [readConverting, readLapsed]) {
    for (const slice of slices) {
      done += 1;
      yield { paths: await read(db, question, slice), done, of };
    }
  }
}

async function readConverting(db: Database, question: PathQuestion, slice: string): Promise<CountedPath[]> {
  const campaign = campaignOf(question, 't');
  const { rows } = await sql<{ campaign_ids: string[]; conversions: number }>`
    select campaign_ids, count(*)::int as conversions
      from (
        select array_agg(${campaign}::text order by t.position) as campaign_ids
          from orders o
          join order_touches t on t.order_id = o.id
          left join campaigns channel on channel.channel = t.channel
         where o.status = any(${question.countable_statuses}::text[]) and ${within('o.ordered_at', question)}
           and left(o.id::text, 1) = ${slice}
           and ${isCreditable(question, sql`o.ordered_at`)} and ${campaign} is not null
         group by o.id
      ) path
     group by campaign_ids
     order by campaign_ids`.execute(db);
  return rows.map((row) => ({ ...row, lapses: 0 }));
}

async function readLapsed(db: Database, question: PathQuestion, slice: string): Promise<CountedPath[]> {
  const { visit_window_days } = question.parameters;
  const { rows } = await sql<{ campaign_ids: string[]; lapses: number }>`
    with touch as (${touches(question)}),
    lapsed as (
      select person, campaign_id, touched_at, touch_id,
             touched_at > lag(touched_at) over theirs + ${visit_window_days}::int * interval '24 hours' as is_new
        from touch
       where left(md5(person), 1) = ${slice} and campaign_id is not null
         and not exists (
           select from order_touches t
             join orders o on o.id = t.order_id
            where t.touch_id = touch.touch_id and o.status = any(${question.countable_statuses}::text[])
              and ${isCreditable(question, sql`o.ordered_at`)})
      window theirs as (partition by person order by touched_at, touch_id)
    ),
    journey as (
      select *, count(*) filter (where is_new) over (partition by person order by touched_at, touch_id) as journey
        from lapsed
    )
    select campaign_ids, count(*)::int as lapses
      from (
        select array_agg(campaign_id::text order by touched_at, touch_id) as campaign_ids
          from journey
         group by person, journey
      ) path
     group by campaign_ids
     order by campaign_ids`.execute(db);
  return rows.map((row) => ({ ...row, conversions: 0 }));
}

/** Rows `person, touch_id, campaign_id, touched_at`: visits, clicks in mails and last looks at others, by people. */
function touches(question: PathQuestion): RawBuilder<unknown> {
  const { touches: kinds = ['visit', 'email_click'] } = question.parameters;
  return sql`
    select coalesce(known.person, v.session_id) as person, v.id as touch_id,
           ${campaignOf(question, 'v')} as campaign_id, v.clicked_at as touched_at
      from clicks v
      left join campaigns channel on channel.channel = v.channel
      left join (
        select distinct on (s.session_id) s.session_id,
               coalesce(encode(c.email_hash, 'hex'), s.customer_id::text) as person
          from session_customers s
          left join customers c on c.id = s.customer_id
         order by s.session_id, s.identified_at desc, s.customer_id desc
      ) known on known.session_id = v.session_id
     where ${kinds.includes('visit')} and v.counted
       and ${within('v.clicked_at', question)}
    union all
    select encode(event.recipient_hash, 'hex'), event.id, mailing.campaign_id, event.occurred_at
      from email_events event
      join email_sends send on send.recipient_hash = event.recipient_hash and send.id = event.send_id
      join email_campaigns mailing on mailing.id = send.email_campaign_id
     where ${kinds.includes('email_click')} and event.kind = 'clicked' and event.machine is null
       and ${within('event.occurred_at', question)}
    union all
    select encode(event.recipient_hash, 'hex'), event.id, mailing.campaign_id, send.last_opened_at
      from email_sends send
      join email_campaigns mailing on mailing.id = send.email_campaign_id
      join lateral (
        select id, recipient_hash from email_events opened
         where opened.recipient_hash = send.recipient_hash and opened.send_id = send.id and opened.kind = 'opened'
           and opened.machine is null and opened.occurred_at = send.last_opened_at
         order by opened.id desc limit 1
      ) event on true
     where ${kinds.includes('email_open')} and send.clicked_at is null
       and ${within('send.last_opened_at', question)}`;
}

/** An arrival without a campaign stands for the campaign of its channel where the model includes channels. */
function campaignOf({ parameters }: PathQuestion, table: 't' | 'v'): RawBuilder<unknown> {
  const own = sql.ref(`${table}.campaign_id`);
  return parameters.channels ? sql`coalesce(${own}, channel.id)` : own;
}

function within(column: string, { from, to }: PathQuestion): RawBuilder<unknown> {
  return sql`(${from === null ? sql`true` : sql`${sql.ref(column)} >= ${from}`}
    and ${to === null ? sql`true` : sql`${sql.ref(column)} < ${to}`})`;
}
