import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Person } from '../../people/index.ts';
import { addressPattern, erasedMark } from '../../vocabulary/address-pattern.ts';

/** The visits of somebody's browsers, and when these were known to be theirs. */
export async function exportVisits(
  db: Database,
  { session_ids, customer_ids }: Person,
): Promise<Record<'visits' | 'sessions', unknown[]>> {
  const visits = await sql<{ row: unknown }>`
    select to_jsonb(clicks) - 'address_hash' as row from clicks
     where session_id = any(${session_ids}::text[]) order by clicked_at, id`.execute(db);
  const sessions = await sql<{ row: unknown }>`
    select to_jsonb(customer_sessions) as row from customer_sessions
     where customer_id = any(${customer_ids}::uuid[]) order by identified_at, session_id`.execute(db);
  return { visits: visits.rows.map(({ row }) => row), sessions: sessions.rows.map(({ row }) => row) };
}

/**
 * Takes off visits what leads to somebody: the address of the network, the program, the ids of ad clicks, what stands
 * behind the path of pages. That there was a visit, from which country and on what kind of device, stays, and so does
 * the random id of the session, since credit hangs on it.
 *
 * @returns how many visits were changed; the address is looked for in the pages of all others too
 */
export async function eraseVisits(tx: Database, { email, session_ids }: Person): Promise<number> {
  const theirs = await sql`
    update clicks set address = null, address_hash = null, user_agent = null, click_ids = null,
           landing_page = regexp_replace(landing_page, '[?#].*$', ''),
           referrer = regexp_replace(referrer, '[?#].*$', '')
     where session_id = any(${session_ids}::text[])`.execute(tx);
  if (email === null) return Number(theirs.numAffectedRows);
  const pattern = addressPattern(email);
  const redacted = (column: string) =>
    sql`regexp_replace(${sql.ref(column)}::text, ${pattern}, ${erasedMark}, 'gi')`;
  const others = await sql`
    update clicks set landing_page = ${redacted('landing_page')}, referrer = ${redacted('referrer')},
           utm = ${redacted('utm')}::jsonb
     where landing_page ~* ${pattern} or referrer ~* ${pattern} or utm::text ~* ${pattern}`.execute(tx);
  return Number(theirs.numAffectedRows) + Number(others.numAffectedRows);
}
