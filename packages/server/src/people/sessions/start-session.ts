import { randomBytes } from 'node:crypto';
import type { Database } from '../../database/index.ts';
import { mintId } from '../../vocabulary/ids.ts';
import type { Client } from '../../vocabulary/route.ts';
import { hashKey } from '../authenticate-key.ts';

/** A session is over 30 days after it was last used. */
export const sessionLastsMs = 30 * 24 * 3_600_000;

/** What the browser keeps; only the hash of the token is kept here. */
export type StartedSession = { id: string; token: string; expiresAt: Date };

/** Starts a session of a user, in the transaction that found out who it is. */
export async function startSession(
  tx: Database,
  user_id: string,
  client: Client | undefined,
  at: Date,
): Promise<StartedSession> {
  const id = mintId(at);
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(at.getTime() + sessionLastsMs);
  await tx
    .insertInto('user_sessions')
    .values({
      id,
      token_hash: hashKey(token),
      user_id,
      address: client?.address ?? null,
      user_agent: client?.userAgent?.slice(0, 500) ?? null,
      created_at: at,
      last_seen_at: at,
      expires_at: expiresAt,
    })
    .execute();
  await tx.updateTable('users').set({ last_signed_in_at: at }).where('id', '=', user_id).execute();
  return { id, token, expiresAt };
}
