import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Database, inTransaction, runPrepared, textArray } from '../../../database/index.ts';
import { lockSessions } from '../lock-sessions.ts';
import { settleLateClicks } from '../record-clicks.ts';
import type { RecordContext } from '../record-context.ts';
import { refoldSessions } from '../refold-sessions.ts';
import type { SessionFact } from '../settle-late-facts.ts';

// Nobody waits for it, and the more clicks it takes together the less it costs for each.
const gatheredForMs = 1000;

/**
 * Makes the look that follows live clicks of people, after they have committed, together with those of the moment. What
 * could not be looked at is looked at with the next; what the process no longer came to, when the next one starts.
 */
export function lookingAgain(db: Database, context: RecordContext): (clicks: SessionFact[]) => void {
  let waiting: SessionFact[] = [];
  let isLooking = false;

  return (clicks) => {
    waiting.push(...clicks);
    if (isLooking || waiting.length === 0) return;
    isLooking = true;
    void lookOnAndOn().finally(() => {
      isLooking = false;
    });
  };

  async function lookOnAndOn(): Promise<void> {
    while (waiting.length > 0) {
      // It does not keep the process from ending.
      await wait(gatheredForMs, undefined, { ref: false });
      const clicks = waiting;
      waiting = [];
      try {
        await lookAt(db, clicks, context);
      } catch {
        // What ails the database fails visits as well, and is told there.
        waiting = [...clicks, ...waiting].slice(0, mostWaiting);
      }
    }
  }
}

// While the database is away nothing is recorded either, so there are never many more.
const mostWaiting = 100_000;

/**
 * Looks at clicks that were recorded without a lock: whether another process took another click for the first of the same
 * session, which is put right; and whether an order was recorded meanwhile, and settled without them.
 */
export async function lookAt(db: Database, clicks: SessionFact[], context: RecordContext): Promise<void> {
  if (clicks.length === 0) return;
  await foldCrowded(db, clicks, context);
  const ordered = await findOrdered(db, clicks);
  const reaching = clicks.filter(({ session_id }) => ordered.has(session_id));
  await settleLateClicks(db, reaching, context);
}

const sessionsAtOnce = 1000;

async function foldCrowded(db: Database, clicks: SessionFact[], context: RecordContext): Promise<void> {
  const looked = textArray(clicks, ({ session_id }) => session_id);
  const rows = await runPrepared<{ session_id: string }>(db, crowdedSessions, [looked]);
  for (let start = 0; start < rows.length; start += sessionsAtOnce) {
    const sessions = rows.slice(start, start + sessionsAtOnce).map(({ session_id }) => session_id);
    await inTransaction(db, async (tx) => {
      await lockSessions(tx, sessions);
      await refoldSessions(tx, sessions, context.window_days);
    });
  }
}

const crowdedSessions = {
  name: 'crowded-sessions',
  text: `
    select session_id from clicks
     where session_id = any($1::text[])
     group by session_id having count(*) > 1`,
};

/**
 * The sessions with an order since the first of these clicks, or of somebody who has one. Asked from the side of the
 * orders: in a second there are few of them and thousands of clicks.
 */
async function findOrdered(db: Database, clicks: SessionFact[]): Promise<Set<string>> {
  const since = clicks.reduce((first, { at }) => (at < first ? at : first), clicks[0]!.at);
  // Planned each time, since the plan depends on how many orders there are since.
  const { rows } = await sql<{ session_id: string }>`
    with late as materialized (
      select session_id, customer_id from orders where ordered_at >= ${since}
    ), buyers as (
      select customer_id from late where customer_id is not null
      union
      select owner.customer_id from late join session_customers owner on owner.session_id = late.session_id
    ), people as (
      select customer_id from buyers
      union
      select same.id
        from buyers
        join customers own on own.id = buyers.customer_id
        join customers same on same.email_hash = own.email_hash
    )
    select session_id from late where session_id is not null
    union
    select theirs.session_id
      from people join customer_sessions theirs on theirs.customer_id = people.customer_id`.execute(db);
  return new Set(rows.map(({ session_id }) => session_id));
}
