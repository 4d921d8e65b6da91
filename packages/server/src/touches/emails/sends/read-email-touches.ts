import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { nameKeyOf } from '../../../partners/index.ts';

/** What somebody did with a mail, as a touch: `machine` ones were made by scanners and the like, and earn nothing. */
export type EmailTouch = {
  touch_id: string;
  kind: 'email_click' | 'email_open';
  send_id: string;
  campaign_id: string;
  touched_at: Date;
  machine: boolean;
  /** SHA-256 of the recipient's address, in hex, where it was asked for by that. */
  email_hash: string | null;
  /** As it was asked for, where the mail went to that retailer. */
  retailer: string | null;
};

/**
 * Clicks in mails to these people and to these retailers, and opens of them where they count, by event time, before
 * `until`. One that is found both ways comes once for each.
 *
 * @param asked `email_hashes` as customers have them; `retailers` as orders name them; `from` leaves out older ones
 */
export async function readEmailTouches(
  db: Database,
  asked: { email_hashes: Buffer[]; retailers: string[]; until: Date; from?: Date; opens?: boolean },
): Promise<EmailTouch[]> {
  const { email_hashes, retailers, until, from, opens = false } = asked;
  const wordsOf = new Map<string, string[]>();
  for (const word of new Set(retailers)) {
    wordsOf.set(nameKeyOf(word), [...(wordsOf.get(nameKeyOf(word)) ?? []), word]);
  }
  if (email_hashes.length === 0 && wordsOf.size === 0) return [];
  const kinds: RawBuilder<unknown> = opens ? sql`('clicked', 'opened')` : sql`('clicked')`;
  const inTime = sql`event.kind in ${kinds} and event.occurred_at < ${until}
    and ${from === undefined ? sql`true` : sql`event.occurred_at >= ${from}`}`;
  const touch = sql`event.id as touch_id, event.send_id, mailing.campaign_id, event.occurred_at as touched_at,
    case event.kind when 'clicked' then 'email_click' else 'email_open' end as kind,
    event.machine is not null as machine`;
  const { rows } = await sql<Omit<EmailTouch, 'retailer'> & { name_key: string | null }>`
    select ${touch}, encode(event.recipient_hash, 'hex') as email_hash, null as name_key
      from email_events event
      join email_sends send on send.recipient_hash = event.recipient_hash and send.id = event.send_id
      join email_campaigns mailing on mailing.id = send.email_campaign_id
     where event.recipient_hash = any(${email_hashes}::bytea[]) and ${inTime}
    union all
    select ${touch}, null, named.name_key
      from partner_names named
      join email_sends send on send.partner_id = named.partner_id
                           and (send.clicked_at is not null or send.machine_clicked_at is not null
                                or ${opens} and send.opened_at is not null)
      join email_events event on event.recipient_hash = send.recipient_hash and event.send_id = send.id
      join email_campaigns mailing on mailing.id = send.email_campaign_id
     where named.kind = 'retailer' and named.name_key = any(${[...wordsOf.keys()]}::text[]) and ${inTime}
     order by touched_at, touch_id`.execute(db);
  return rows.flatMap(({ name_key, ...found }): EmailTouch[] => {
    const words = name_key === null ? [null] : wordsOf.get(name_key)!;
    return words.map((retailer) => ({ ...found, retailer }));
  });
}
