import type { Database } from '../../database/index.ts';
import type { Actor } from '../../vocabulary/permission.ts';
import { hashKey } from '../authenticate-key.ts';
import { actorOfUser } from './actor-of-user.ts';
import { sessionLastsMs } from './start-session.ts';

// Writing the last use with every request would turn each page into a dozen writes.
const useIsNotedEveryMs = 60_000;

/**
 * Whose session this is; undefined when it is nobody's, over, or of somebody disabled. Its role and scope are those of
 * now. `renewedUntil` is there when its use has been noted, at most once a minute, and its end moved.
 */
export async function authenticateSession(
  db: Database,
  token: string,
  now: Date,
): Promise<{ actor: Actor; renewedUntil: Date | undefined } | undefined> {
  const held = await db
    .selectFrom('user_sessions')
    .innerJoin('users', 'users.id', 'user_sessions.user_id')
    .select(['user_sessions.id', 'user_id', 'last_seen_at', 'email', 'role', 'scope_kind', 'owner_scope'])
    .where('token_hash', '=', hashKey(token))
    .where('expires_at', '>', now)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (held === undefined) return undefined;
  return {
    actor: actorOfUser(held, held),
    renewedUntil:
      now.getTime() - held.last_seen_at.getTime() > useIsNotedEveryMs
        ? await noteUse(db, held.id, now)
        : undefined,
  };
}

async function noteUse(db: Database, id: string, now: Date): Promise<Date> {
  const expires_at = new Date(now.getTime() + sessionLastsMs);
  await db.updateTable('user_sessions').set({ last_seen_at: now, expires_at }).where('id', '=', id).execute();
  return expires_at;
}
