import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Database, inTransaction, runPrepared, textArray } from '../../../database/index.ts';
import { minutesLater } from '../../../vocabulary/period.ts';
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
  const sessions = textArray(clicks, ({ session_id }) => session_id);
  const crowded = await runPrepared<{ session_id: string }>(db, crowdedSessions, [sessions]);
  await refold(db, crowded, context);
  const since = clicks.reduce((first, { at }) => (at < first ? at : first), clicks[0]!.at);
  const ordered = await findOrdered(db, since);
  const reaching = clicks.filter(({ session_id }) => ordered.has(session_id));
  await settleLateClicks(db, reaching, context);
}

/**
 * Looks at the clicks and activities of the last minute in which there was a click, as `lookAt` does: a process that was
 * killed may not have come to them.
 */
export async function lookAtLatest(db: Database, now: Date, context: RecordContext): Promise<void> {
  const newest = await db
    .selectFrom('clicks')
    .select('clicked_at')
    .where(sql<boolean>`counted`)
    .where('clicked_at', '<=', now)
    .orderBy('clicked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined) return;
  const since = minutesLater(newest.clicked_at, -1);
  const { rows: crowded } = await sql<{ session_id: string }>`
    select session_id from clicks
     where session_id in (select session_id from clicks where clicked_at >= ${since} and excluded is null)
     group by session_id having count(*) > 1`.execute(db);
  await refold(db, crowded, context);
  const ordered = [...(await findOrdered(db, since))];
  const { rows: facts } = await sql<SessionFact>`
    select session_id, clicked_at as at from clicks
     where session_id = any(${ordered}::text[]) and clicked_at >= ${since} and excluded is null
    union all
    select session_id, active_at from session_activities
     where session_id = any(${ordered}::text[]) and active_at >= ${since}`.execute(db);
  await settleLateClicks(db, facts, context);
}

const sessionsAtOnce = 1000;

async function refold(
  db: Database,
  crowded: { session_id: string }[],
  context: RecordContext,
): Promise<void> {
  for (let start = 0; start < crowded.length; start += sessionsAtOnce) {
    const sessions = crowded.slice(start, start + sessionsAtOnce).map(({ session_id }) => session_id);
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
 * The sessions with an order since then, or of somebody who has one. Asked from the side of the orders: in a second there
 * are few of them and thousands of clicks.
 */
async function findOrdered(db: Database, since: Date): Promise<Set<string>> {
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
