import { sql } from 'kysely';
import { type Database, plainArray } from '../../database/index.ts';
import { readSessions } from '../paths/read-sessions.ts';
import { foldSession, type Visit } from './fold-session.ts';

/**
 * Derives the visits of sessions anew from all of their facts, and puts right which visit each click belongs to. For
 * sessions that are locked. A click that is kept apart stands for itself.
 *
 * @returns the visits of each session, in the order of time
 */
export async function refoldSessions(
  tx: Database,
  sessionIds: string[],
  window_days: number,
): Promise<Map<string, Visit[]>> {
  const visits = new Map<string, Visit[]>();
  for (const [id, { clicks, activities }] of await readSessions(tx, sessionIds, endOfTime)) {
    visits.set(id, foldSession(clicks, activities, { window_days }));
  }
  await updateVisitIds(tx, visits);
  return visits;
}

const endOfTime = new Date('9999-12-31T23:59:59.999Z');

async function updateVisitIds(tx: Database, visits: Map<string, Visit[]>): Promise<void> {
  const rows = [...visits].flatMap(([session_id, ofSession]) =>
    ofSession.flatMap(({ visit_id, click_ids }) =>
      click_ids.map((click_id) => ({ session_id, click_id, visit_id })),
    ),
  );
  if (rows.length === 0) return;
  await sql`
    update clicks set visit_id = folded.visit_id
      from unnest(${rows.map(({ session_id }) => session_id)}::text[],
                  ${plainArray(rows, ({ click_id }) => click_id)}::uuid[],
                  ${plainArray(rows, ({ visit_id }) => visit_id)}::uuid[]) as folded (session_id, id, visit_id)
     where clicks.session_id = folded.session_id and clicks.id = folded.id
       and clicks.visit_id <> folded.visit_id`.execute(tx);
}
