import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { groupBy } from '../../../vocabulary/group-by.ts';
import { noPartner } from './change-rollups.ts';
import { countNames } from './count-send.ts';
import { foldSend, type SendEvent } from './fold-send.ts';
import type { SendRow } from './send-row.ts';

// About 10 MB with their events.
const batchSize = 5_000;

/** Sends that are not what their events make of them, with the names of what differs. */
export async function* findWrongSends(db: Database): AsyncGenerator<{ send_id: string; fields: string[] }> {
  let after: Pick<SendRow, 'recipient_hash' | 'id'> | undefined;
  for (;;) {
    const sends: SendRow[] = await readSends(db, after);
    const eventsOf = groupBy(await readEvents(db, sends), ({ send_id }) => send_id);
    for (const row of sends) {
      const { send } = foldSend(row, eventsOf.get(row.id) ?? []);
      const fields = Object.entries(send).flatMap(([name, value]) =>
        JSON.stringify(row[name as keyof SendRow]) === JSON.stringify(value) ? [] : [name],
      );
      if (fields.length > 0) yield { send_id: row.id, fields };
    }
    after = sends.at(-1);
    if (sends.length < batchSize) return;
  }
}

async function readSends(
  db: Database,
  after: Pick<SendRow, 'recipient_hash' | 'id'> | undefined,
): Promise<SendRow[]> {
  let query = db.selectFrom('email_sends').selectAll();
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(recipient_hash, id) > (${after.recipient_hash}::bytea, ${after.id}::uuid)`,
    );
  }
  return await query.orderBy('recipient_hash').orderBy('id').limit(batchSize).execute();
}

async function readEvents(db: Database, sends: SendRow[]): Promise<(SendEvent & { send_id: string })[]> {
  const [first, last] = [sends[0], sends.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { rows } = await sql<SendEvent & { send_id: string }>`
    select id, send_id, kind, occurred_at, provider, url, user_agent, flagged, reason
      from email_events
     where recipient_hash >= ${first.recipient_hash} and recipient_hash <= ${last.recipient_hash}
       and send_id is not null`.execute(db);
  return rows;
}

export type WrongSum = {
  email_campaign_id: string;
  partner_id: string;
  bucket: Date;
  /** Per count: what the row holds and what its sends come to. */
  measures: Record<string, { stored: string; expected: string }>;
};

/** Sums of mailings that are not what their sends come to. */
export async function findWrongSums(db: Database): Promise<WrongSum[]> {
  const names = countNames.map((name) => sql.ref(name));
  const { rows } = await sql<Record<string, unknown> & Omit<WrongSum, 'measures'>>`
    with expected as (
      select email_campaign_id, coalesce(partner_id, ${noPartner}::uuid) as partner_id,
             date_bin('15 minutes', sent_at, '2000-01-01Z') as bucket, count(*) as sent,
             count(*) filter (where status not in ('sent', 'bounced', 'failed')) as delivered,
             count(opened_at) as opened, count(clicked_at) as clicked,
             count(*) filter (where machine_opened_at is not null and opened_at is null) as machine_opened,
             count(*) filter (where machine_clicked_at is not null and clicked_at is null) as machine_clicked,
             count(*) filter (where status = 'bounced') as bounced,
             count(*) filter (where status = 'failed') as failed,
             count(complained_at) as complained, count(unsubscribed_at) as unsubscribed
        from email_sends
       group by 1, 2, 3
    )
    select email_campaign_id, partner_id, bucket,
           ${sql.join(
             names.map(
               (name, place) => sql`coalesce(stored.${name}, 0) as ${sql.ref(`stored_${countNames[place]}`)},
             coalesce(expected.${name}, 0) as ${sql.ref(`expected_${countNames[place]}`)}`,
             ),
           )}
      from email_rollups stored
      full join expected using (email_campaign_id, partner_id, bucket)
     where (${sql.join(names.map((name) => sql`coalesce(stored.${name}, 0)`))})
       is distinct from (${sql.join(names.map((name) => sql`coalesce(expected.${name}, 0)`))})
     order by email_campaign_id, partner_id, bucket`.execute(db);
  return rows.map(({ email_campaign_id, partner_id, bucket, ...found }) => ({
    ...{ email_campaign_id, partner_id, bucket },
    measures: Object.fromEntries(
      countNames.flatMap((name) => {
        const [stored, expected] = [String(found[`stored_${name}`]), String(found[`expected_${name}`])];
        return stored === expected ? [] : [[name, { stored, expected }]];
      }),
    ),
  }));
}
