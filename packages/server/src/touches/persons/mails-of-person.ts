import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Person } from '../../people/index.ts';
import { addressPattern, erasedMark } from '../../vocabulary/address-pattern.ts';

/** The mails that went to somebody, and what became of each. */
export async function exportMails(
  db: Database,
  { email_hash }: Person,
): Promise<Record<'email_sends' | 'email_events', unknown[]>> {
  const rowsOf = async (table: 'email_sends' | 'email_events', order: string) => {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(held) - 'recipient_hash' as row from ${sql.ref(table)} held
       where recipient_hash = ${email_hash} order by ${sql.ref(order)}, id`.execute(db);
    return rows.map(({ row }) => row);
  };
  return {
    email_sends: await rowsOf('email_sends', 'sent_at'),
    email_events: await rowsOf('email_events', 'occurred_at'),
  };
}

/**
 * Takes address and name off the mails that went to somebody, and the address out of what providers said of them. The
 * program stays where it tells that a machine opened or clicked, since the counts hang on it.
 */
export async function eraseMails(
  tx: Database,
  { email, email_hash }: Person,
): Promise<Record<'email_sends' | 'email_events', number>> {
  if (email === null) return { email_sends: 0, email_events: 0 };
  const pattern = addressPattern(email);
  const redacted = (column: string) => sql`
    ${sql.ref(column)} = regexp_replace(${sql.ref(column)}, ${pattern}, ${erasedMark}, 'gi')`;
  const sends = await sql`
    update email_sends set recipient_email = null, recipient_name = null, ${redacted('failure_reason')}
     where recipient_hash = ${email_hash}`.execute(tx);
  const events = await sql`
    update email_events set user_agent = case when machine is not null then user_agent end,
           ${redacted('url')}, ${redacted('reason')}
     where recipient_hash = ${email_hash}`.execute(tx);
  return { email_sends: Number(sends.numAffectedRows), email_events: Number(events.numAffectedRows) };
}
