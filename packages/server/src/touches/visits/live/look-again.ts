import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Database, inTransaction } from '../../../database/index.ts';
import type { NewClick } from '../insert-clicks.ts';
import { lockSessions } from '../lock-sessions.ts';
import { settleLateClicks } from '../record-clicks.ts';
import type { RecordContext } from '../record-context.ts';
import { refoldSessions } from '../refold-sessions.ts';

// Planning the two statements costs more than running them for a hundred clicks.
const gatheredForMs = 100;

/**
 * Makes the look that follows live clicks, after they have committed, together with those of the moment: whether another
 * process took another click for the first of the same session, which is put right; and whether an order was recorded
 * meanwhile, and settled without them. What could not be looked at is looked at with the next.
 */
export function lookingAgain(db: Database, context: RecordContext): (clicks: NewClick[]) => void {
  let waiting: NewClick[] = [];
  let isLooking = false;

  return (clicks) => {
    waiting.push(...clicks);
    if (isLooking || waiting.length === 0) return;
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
    });
  };

  async function look(): Promise<void> {
    // Nobody waits for it, so it does not keep the process from ending.
    await wait(gatheredForMs, undefined, { ref: false });
    while (waiting.length > 0) {
      const clicks = waiting;
      waiting = [];
      try {
        await lookAt(db, clicks, context);
      } catch {
        // What ails the database fails visits as well, and is told there.
        waiting = [...clicks, ...waiting].slice(0, mostWaiting);
        return;
      }
    }
  }
}

// While the database is away nothing is recorded either, so there are never many.
const mostWaiting = 10_000;

async function lookAt(db: Database, clicks: NewClick[], context: RecordContext): Promise<void> {
  const crowded = await findCrowded(db, clicks);
  if (crowded.length > 0) {
    await inTransaction(db, async (tx) => {
      await lockSessions(tx, crowded);
      await refoldSessions(tx, crowded, context.window_days);
    });
  }
  // What is kept apart is in nobody's path.
  const facts = clicks
    .filter(({ excluded }) => excluded === null)
    .map(({ session_id, clicked_at }) => ({ session_id, at: clicked_at }));
  await settleLateClicks(db, facts, context);
}

async function findCrowded(db: Database, clicks: NewClick[]): Promise<string[]> {
  const { rows } = await sql<{ session_id: string }>`
    select session_id from clicks
     where session_id = any(${clicks.map(({ session_id }) => session_id)}::text[])
     group by session_id having count(*) > 1`.execute(db);
  return rows.map(({ session_id }) => session_id);
}
