import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/**
 * Makes transactions that add facts to the same session take turns, until they end: the visits of a session follow
 * from all of its facts together. By stripes, since a lock a session would not fit into the lock table; taken in
 * order, so that nobody waits in a circle.
 */
export async function lockSessions(tx: Database, sessionIds: string[]): Promise<void> {
  const stripes = [...new Set(sessionIds.map(stripeOf))].sort((a, b) => a - b);
  await sql`select pg_advisory_xact_lock(${sessionLocks}::int, stripe) from unnest(${stripes}::int[]) as stripe`.execute(
    tx,
  );
}

// Any number that no other advisory lock of the product has.
const sessionLocks = 5_171_402;
// A thousand sessions at once leave most of the others free.
const stripeCount = 2048;

/** FNV-1a, folded to the number of stripes: the same in every process. */
function stripeOf(sessionId: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < sessionId.length; place += 1) {
    hash = Math.imul(hash ^ sessionId.charCodeAt(place), 0x01000193);
  }
  return (hash >>> 0) % stripeCount;
}
