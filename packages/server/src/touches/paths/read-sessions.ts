import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { ClickFact } from '../visits/fold-session.ts';

/** All facts of a session that its visits follow from; `excluded` clicks are kept apart, with the reason. */
export type SessionFacts = {
  clicks: ClickFact[];
  activities: Date[];
  excluded: (ClickFact & { excluded: string })[];
};

/** Reads the clicks and activities of sessions up to an instant, in two statements whatever their number. */
export async function readSessions(
  db: Database,
  sessionIds: string[],
  until: Date,
): Promise<Map<string, SessionFacts>> {
  const sessions = new Map<string, SessionFacts>();
  if (sessionIds.length === 0) return sessions;
  for (const id of sessionIds) sessions.set(id, { clicks: [], activities: [], excluded: [] });
  const these = sql<string>`any(${sessionIds}::text[])`;
  const clicks = await db
    .selectFrom('clicks')
    .select(['session_id', 'id', 'clicked_at', 'campaign_id', 'tracking_code', 'channel', 'excluded'])
    .where('session_id', '=', these)
    .where('clicked_at', '<=', until)
    .execute();
  for (const { session_id, excluded, ...click } of clicks) {
    const facts = sessions.get(session_id)!;
    if (excluded === null) facts.clicks.push(click);
    else facts.excluded.push({ ...click, excluded });
  }
  const activities = await db
    .selectFrom('session_activities')
    .selectAll()
    .where('session_id', '=', these)
    .where('active_at', '<=', until)
    .execute();
  for (const { session_id, active_at } of activities) sessions.get(session_id)!.activities.push(active_at);
  return sessions;
}
