import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { groupBy } from '../../../vocabulary/group-by.ts';
import { countNames } from './count-send.ts';
import { expectedActivity, expectedRollups } from './expected-sums.ts';
import { foldSend, type SendEvent } from './fold-send.ts';
import type { SendRow } from './send-row.ts';
import { activityNames } from './sum-activity.ts';

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

/** A sum that is not what its sends come to; of `email_activity` without grain and partner. */
export type WrongSum = {
  email_campaign_id: string;
  grain?: string;
  partner_id?: string;
  bucket: Date;
  /** Per count: what the row holds and what its sends come to. */
  measures: Record<string, { stored: string; expected: string }>;
};

/** Sums of mailings that are not what their sends come to. */
export async function findWrongSums(db: Database): Promise<WrongSum[]> {
  const rollupKey = ['email_campaign_id', 'grain', 'bucket', 'partner_id'];
  return [
    ...(await compareSums(db, 'email_rollups', rollupKey, countNames, expectedRollups)),
    ...(await compareSums(
      db,
      'email_activity',
      ['email_campaign_id', 'bucket'],
      activityNames,
      expectedActivity,
    )),
  ];
}

async function compareSums(
  db: Database,
  table: string,
  key: string[],
  countNames: readonly string[],
  expected: RawBuilder<unknown>,
): Promise<WrongSum[]> {
  const names = countNames.map((name) => sql.ref(name));
  const keyNames = sql.raw(key.join(', '));
  const { rows } = await sql<Record<string, unknown> & Omit<WrongSum, 'measures'>>`
    select ${keyNames},
           ${sql.join(
             names.map(
               (name, place) => sql`coalesce(stored.${name}, 0) as ${sql.ref(`stored_${countNames[place]}`)},
             coalesce(expected.${name}, 0) as ${sql.ref(`expected_${countNames[place]}`)}`,
             ),
           )}
      from ${sql.ref(table)} stored
      full join (${expected}) expected using (${keyNames})
     where (${sql.join(names.map((name) => sql`coalesce(stored.${name}, 0)`))})
       is distinct from (${sql.join(names.map((name) => sql`coalesce(expected.${name}, 0)`))})
     order by ${keyNames}`.execute(db);
  return rows.map((found) => ({
    ...(Object.fromEntries(key.map((name) => [name, found[name]])) as Omit<WrongSum, 'measures'>),
    measures: Object.fromEntries(
      countNames.flatMap((name) => {
        const [stored, expected] = [String(found[`stored_${name}`]), String(found[`expected_${name}`])];
        return stored === expected ? [] : [[name, { stored, expected }]];
      }),
    ),
  }));
}
