import type { Database } from '../../../database/index.ts';
import type { NewClick } from '../insert-clicks.ts';
import { claimMissed, type RecordedClick, recordClicks } from '../record-clicks.ts';
import type { RecordContext } from '../record-context.ts';
import type { SessionFact } from '../settle-late-facts.ts';
import { type GroupCommit, groupCommit } from './group-commit.ts';
import { insertFirstClicks } from './insert-first-clicks.ts';
import { lookingAgain } from './look-again.ts';

/**
 * Makes the recorder of clicks as they happen. Most are the first of their session: these are gathered into one statement,
 * which locks nothing, and looked at again after it. All others are gathered on their own and go the way of
 * `recordClicks`, so that no first click waits for a lock that they wait for.
 */
export function recordingLiveClicks(
  db: Database,
  context: RecordContext,
): GroupCommit<NewClick, RecordedClick> {
  const lookAgain = lookingAgain(db, context);
  const other = groupCommit((clicks: NewClick[]) => recordClicks(db, clicks, context));
  return groupCommit(async (clicks: NewClick[]) => {
    const first = await recordFirst(db, clicks, context, lookAgain);
    return clicks.map((click) => first.get(click.id) ?? other(click));
  });
}

/** @returns results of those that were the first of their session, by their ids */
async function recordFirst(
  db: Database,
  clicks: NewClick[],
  context: RecordContext,
  lookAgain: (clicks: SessionFact[]) => void,
): Promise<Map<string, RecordedClick>> {
  const inserted = await insertFirstClicks(db, withoutOthers(clicks));
  const first = inserted.size === clicks.length ? clicks : clicks.filter(({ id }) => inserted.has(id));
  lookAgain(factsOf(first));
  await claimMissed(db, first, inserted, context);
  const results = new Map<string, RecordedClick>();
  for (const [id, campaign_id] of inserted) results.set(id, { id, visit_id: id, campaign_id, is_new: true });
  return results;
}

/** What is kept apart is in nobody's path. */
function factsOf(clicks: NewClick[]): SessionFact[] {
  return clicks.flatMap(({ excluded, session_id, clicked_at }) =>
    excluded === null ? [{ session_id, at: clicked_at }] : [],
  );
}

/** The clicks that are alone of their session in the batch. */
function withoutOthers(clicks: NewClick[]): NewClick[] {
  const sessions = new Set(clicks.map(({ session_id }) => session_id));
  if (sessions.size === clicks.length) return clicks;
  const counts = new Map<string, number>();
  for (const { session_id } of clicks) counts.set(session_id, (counts.get(session_id) ?? 0) + 1);
  return clicks.filter(({ session_id }) => counts.get(session_id) === 1);
}
