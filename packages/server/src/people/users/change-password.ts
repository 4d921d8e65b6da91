import { type Database, inTransaction } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import { invalid } from '../../vocabulary/errors.ts';
import type { Actor } from '../../vocabulary/permission.ts';
import type { Client } from '../../vocabulary/route.ts';
import { hashPassword, isPassword } from '../passwords/hash-password.ts';
import { refuseWeakPassword } from '../passwords/refuse-weak-password.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { countAttempt, forgiveAttempt } from '../sessions/slow-guessing.ts';
import { type StartedSession, startSession } from '../sessions/start-session.ts';
import { writeAudit } from '../write-audit.ts';

/**
 * Gives a user another password, on knowing the present one. Every session ends, and one begins in place of the one
 * that asked.
 *
 * @throws invalid · rate_limited after several wrong guesses
 */
export async function changePassword(
  db: Database,
  { clock, actor, client }: { clock: Clock; actor: Actor; client?: Client },
  user_id: string,
  { current_password, new_password }: { current_password: string; new_password: string },
): Promise<StartedSession> {
  const at = clock.now();
  const user = await db
    .selectFrom('users')
    .select(['email', 'name', 'password_hash'])
    .where('id', '=', user_id)
    .executeTakeFirstOrThrow();
  const attempt = { email: user.email, address: client?.address };
  await countAttempt(db, attempt, at);
  if (!(await isPassword(current_password, user.password_hash))) {
    throw invalid('current_password', 'is not your present password');
  }
  await forgiveAttempt(db, attempt, at);
  await refuseWeakPassword('new_password', new_password, user);
  const password_hash = await hashPassword(new_password);
  return inTransaction(db, async (tx) => {
    await tx.updateTable('users').set({ password_hash, updated_at: at }).where('id', '=', user_id).execute();
    await writeAudit(tx, {
      actor: actor.name,
      action: 'user.change_password',
      subject_kind: 'user',
      subject_id: user_id,
      at,
    });
    await endSessions(tx, { clock, actor }, user_id);
    return startSession(tx, user_id, client, at);
  });
}
