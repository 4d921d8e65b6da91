import type { Database } from '../../../database/index.ts';
import { insertClicks, type NewClick } from '../insert-clicks.ts';
import { claimMissed, type RecordedClick, recordClicks } from '../record-clicks.ts';
import type { RecordContext } from '../record-context.ts';

/**
 * Records clicks as they happen. Most are the first of their session: these are one statement, which locks nothing, and
 * have to be looked at again after it. All others go the way of `recordClicks`.
 *
 * @param lookAgain is given the clicks of the one statement, once it has committed
 * @returns a result per click, at its place
 */
export async function recordLiveClicks(
  db: Database,
  clicks: NewClick[],
  { lookAgain, ...context }: RecordContext & { lookAgain: (clicks: NewClick[]) => void },
): Promise<RecordedClick[]> {
  const first = await insertClicks(db, withoutOthers(clicks), 'first');
  lookAgain(clicks.filter(({ id }) => first.has(id)));
  const others = await recordClicks(
    db,
    clicks.filter(({ id }) => !first.has(id)),
    context,
  );
  const ofOthers = new Map(others.map((result) => [result.id, result]));
  const recorded = clicks.map(({ id }) => {
    const inserted = first.get(id);
    if (inserted === undefined) return ofOthers.get(id)!;
    return { id, visit_id: id, campaign_id: inserted.campaign_id, is_new: true };
  });
  await claimMissed(db, clicks, recorded, context);
  return recorded;
}

/** The clicks that are alone of their session in the batch. */
function withoutOthers(clicks: NewClick[]): NewClick[] {
  const counts = new Map<string, number>();
  for (const { session_id } of clicks) counts.set(session_id, (counts.get(session_id) ?? 0) + 1);
  return clicks.filter(({ session_id }) => counts.get(session_id) === 1);
}
