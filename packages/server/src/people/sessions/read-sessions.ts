import type { Database } from '../../database/index.ts';

/** A session as its owner sees it; times are ISO 8601. */
export type SessionView = {
  id: string;
  address: string | null;
  user_agent: string | null;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
};

/** The sessions of a user that are not over, the last used first. */
export async function readSessions(db: Database, user_id: string, now: Date): Promise<SessionView[]> {
  const rows = await db
    .selectFrom('user_sessions')
    .select(['id', 'address', 'user_agent', 'created_at', 'last_seen_at', 'expires_at'])
    .where('user_id', '=', user_id)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
  }));
}
