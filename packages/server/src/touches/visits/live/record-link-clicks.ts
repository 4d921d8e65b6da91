import { sql } from 'kysely';
import { type Database, inTransaction } from '../../../database/index.ts';
import { daysLater } from '../../../vocabulary/period.ts';
import type { NewClick } from '../insert-clicks.ts';
import { lockSessions } from '../lock-sessions.ts';
import { type RecordedClick, recordClicks } from '../record-clicks.ts';
import type { RecordContext } from '../record-context.ts';

/**
 * Records the clicks on short links, each in the session that its link hands over. One whose visitor has arrived by now
 * stands back, since the arrival stands for it: the two take turns by the lock of the link's session. Nobody else knows
 * such a session, so no order waits for its click.
 *
 * @returns a result per click, at its place
 */
export async function recordLinkClicks(
  db: Database,
  clicks: NewClick[],
  context: RecordContext,
): Promise<RecordedClick[]> {
  const sessions = clicks.map(({ session_id }) => session_id);
  return inTransaction(db, async (tx) => {
    await lockSessions(tx, sessions);
    const { rows } = await sql<{ link_session: string }>`
      select link_session from arrived_links where link_session = any(${sessions}::text[])`.execute(tx);
    const arrived = new Set(rows.map(({ link_session }) => link_session));
    const alone = clicks.filter(({ session_id }) => !arrived.has(session_id));
    const recorded = new Map(
      (await recordClicks(tx, alone, context)).map((result) => [result.id, result] as const),
    );
    return clicks.map(({ id }) => recorded.get(id) ?? { id, visit_id: id, campaign_id: null, is_new: false });
  });
}

/** Forgets arrivals whose link's click does not come any more. */
export async function forgetArrivedLinks(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('arrived_links').where('arrived_at', '<', daysLater(now, -1)).execute();
}
