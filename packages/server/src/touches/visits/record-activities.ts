import { sql } from 'kysely';
import { type Database, inTransaction } from '../../database/index.ts';
import type { Visit } from './fold-session.ts';
import { lockSessions } from './lock-sessions.ts';
import type { RecordContext } from './record-context.ts';
import { refoldSessions } from './refold-sessions.ts';
import { rowsAtOnce } from './rows-at-once.ts';
import { type SessionFact, settleLateFacts } from './settle-late-facts.ts';

/** That somebody was seen on the site. */
export type Activity = { session_id: string; active_at: Date };

/**
 * The one verb by which activity enters: it keeps the session's latest visit alive. The same again changes nothing,
 * and it may come before its click, or late; orders that it comes late for are left to be settled again.
 *
 * @returns the visits of each session as they are now
 */
export async function recordActivities(
  db: Database,
  activities: Activity[],
  context: RecordContext,
): Promise<Map<string, Visit[]>> {
  const visits = new Map<string, Visit[]>();
  const chunkSize = rowsAtOnce(context);
  for (let start = 0; start < activities.length; start += chunkSize) {
    const chunk = activities.slice(start, start + chunkSize);
    const ofChunk = await inTransaction(db, (tx) => recordChunk(tx, chunk, context));
    for (const [session, folded] of ofChunk.visits) visits.set(session, folded);
    if (!db.isTransaction) await settleLate(db, ofChunk.unreached, context);
  }
  return visits;
}

async function recordChunk(
  tx: Database,
  activities: Activity[],
  context: RecordContext,
): Promise<{ visits: Map<string, Visit[]>; unreached: SessionFact[] }> {
  const sessionIds = activities.map(({ session_id }) => session_id);
  await lockSessions(tx, sessionIds);
  const { rows: inserted } = await sql<SessionFact>`
    insert into session_activities (session_id, active_at)
    select * from unnest(${sessionIds}::text[], ${activities.map(({ active_at }) => active_at.toISOString())}::timestamptz[])
    on conflict (session_id, active_at) do nothing
    returning session_id, active_at as at`.execute(tx);
  const unreached = await settleLate(tx, inserted, context);
  const visits = await refoldSessions(tx, [...new Set(sessionIds)], context.window_days);
  return { visits, unreached };
}

async function settleLate(
  db: Database,
  facts: SessionFact[],
  { priority }: RecordContext,
): Promise<SessionFact[]> {
  return settleLateFacts(db, facts, { cause: 'Activity became known after the order.', priority });
}
