import { type Database, inTransaction } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import type { Actor } from '../../vocabulary/permission.ts';
import { writeAudit } from '../write-audit.ts';
import { forgetOldAttempts } from './slow-guessing.ts';

type By = { clock: Clock; actor: Actor };

/** Ends one session of a user from the next request on; false when the user has no such session. */
export async function endSession(
  db: Database,
  { clock, actor }: By,
  session: { id: string; user_id: string },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const ended = await tx
      .deleteFrom('user_sessions')
      .where('id', '=', session.id)
      .where('user_id', '=', session.user_id)
      .returning('id')
      .executeTakeFirst();
    if (ended === undefined) return false;
    await writeAudit(tx, {
      actor: actor.name,
      action: 'session.end',
      subject_kind: 'user',
      subject_id: session.user_id,
      before: { session_id: session.id },
      at: clock.now(),
    });
    return true;
  });
}

/** Ends every session of a user from the next request on, and returns how many there were. */
export async function endSessions(db: Database, { clock, actor }: By, user_id: string): Promise<number> {
  return inTransaction(db, async (tx) => {
    const ended = await tx
      .deleteFrom('user_sessions')
      .where('user_id', '=', user_id)
      .returning('id')
      .execute();
    if (ended.length === 0) return 0;
    await writeAudit(tx, {
      actor: actor.name,
      action: 'session.end_all',
      subject_kind: 'user',
      subject_id: user_id,
      before: { sessions: ended.length },
      at: clock.now(),
    });
    return ended.length;
  });
}

/** Forgets sessions whose time is over, and attempts to sign in of which none came for a day. */
export async function forgetOldSessions(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('user_sessions').where('expires_at', '<', now).execute();
  await forgetOldAttempts(db, now);
}
