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
 * which locks nothing, and looked at again after it. All others are gathered on their own and go the way of `recordClicks`,
 * so that no first click waits for a lock that they wait for. A click whose session this process is just recording is no
 * first one, though nobody could see it by now: it goes the way of the others, after that.
 */
export function recordingLiveClicks(
  db: Database,
  context: RecordContext,
): GroupCommit<NewClick, RecordedClick> {
  const lookAgain = lookingAgain(db, context);
  const recordOther = groupCommit((clicks: NewClick[]) => recordClicks(db, clicks, context));
  const underWay = new Set<Batch>();
  const others = new Map<string, number>();

  return groupCommit(record, { batchesAtOnce: 2 });

  async function record(clicks: NewClick[]): Promise<(RecordedClick | Promise<RecordedClick>)[]> {
    const ahead = [...underWay];
    const writerOf = ({ session_id }: NewClick) => ahead.find(({ sessions }) => sessions.has(session_id));
    const isFree = (click: NewClick) => !others.has(click.session_id) && writerOf(click) === undefined;
    const sessions = new Set(clicks.map(({ session_id }) => session_id));
    const alone = (sessions.size === clicks.length ? clicks : withoutOthers(clicks)).filter(isFree);
    const batch: Batch = { sessions, over: recordFirst(db, alone, context, lookAgain) };
    underWay.add(batch);
    try {
      const first = await batch.over;
      return clicks.map((click) => first.get(click.id) ?? afterwards(click, writerOf(click)));
    } finally {
      underWay.delete(batch);
    }
  }

  async function afterwards(click: NewClick, writer: Batch | undefined): Promise<RecordedClick> {
    const { session_id } = click;
    others.set(session_id, (others.get(session_id) ?? 0) + 1);
    try {
      // Whether or not it could be written: those who wait for it are told.
      await writer?.over.catch(() => {});
      return await recordOther(click);
    } finally {
      const left = others.get(session_id)! - 1;
      if (left === 0) others.delete(session_id);
      else others.set(session_id, left);
    }
  }
}

/** Clicks of which the first ones are being written: of which sessions they are, and until when. */
type Batch = { sessions: Set<string>; over: Promise<Map<string, RecordedClick>> };

/** @returns results of those that were the first of their session, by their ids */
async function recordFirst(
  db: Database,
  clicks: NewClick[],
  context: RecordContext,
  lookAgain: (clicks: SessionFact[]) => void,
): Promise<Map<string, RecordedClick>> {
  const inserted = await insertFirstClicks(db, clicks);
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
  const counts = new Map<string, number>();
  for (const { session_id } of clicks) counts.set(session_id, (counts.get(session_id) ?? 0) + 1);
  return clicks.filter(({ session_id }) => counts.get(session_id) === 1);
}
