import { type Database, inTransaction } from '../../database/index.ts';
import { claimClicks, codesInUse } from './claim-clicks.ts';
import type { Visit } from './fold-session.ts';
import { type Inserted, insertClicks, type NewClick } from './insert-clicks.ts';
import { lockSessions } from './lock-sessions.ts';
import type { RecordContext } from './record-context.ts';
import { refoldSessions } from './refold-sessions.ts';
import { rowsAtOnce } from './rows-at-once.ts';
import { type SessionFact, settleLateFacts } from './settle-late-facts.ts';

export type RecordedClick = {
  id: string;
  /** The visit it opened, its own id, or belongs to as a repeat. */
  visit_id: string;
  campaign_id: string | null;
  is_new: boolean;
};

/**
 * The one verb by which clicks enter, from the tracker, a short link or a batch. A click that is held already changes
 * nothing. Whatever the order in which clicks and activities of a session come, its visits end the same; orders that a
 * click comes late for are left to be settled again.
 *
 * @returns a result per click, at its place; of the past 200, else a thousand at a time are recorded all or none
 */
export async function recordClicks(
  db: Database,
  clicks: NewClick[],
  context: RecordContext,
): Promise<RecordedClick[]> {
  const recorded: RecordedClick[] = [];
  const chunkSize = rowsAtOnce(context);
  for (let start = 0; start < clicks.length; start += chunkSize) {
    const chunk = clicks.slice(start, start + chunkSize);
    const { results, unreached } = await inTransaction(db, (tx) => recordChunk(tx, chunk, context));
    recorded.push(...results);
    if (db.isTransaction) continue;
    await settleLateClicks(db, unreached, context);
    const campaigns = new Map(results.map(({ id, campaign_id }) => [id, campaign_id]));
    await claimMissed(db, chunk, campaigns, context);
  }
  return recorded;
}

/**
 * A campaign that got its code while these clicks were being written has not seen them, nor they it.
 *
 * @param campaigns of the clicks, by their ids
 */
export async function claimMissed(
  db: Database,
  clicks: NewClick[],
  campaigns: ReadonlyMap<string, string | null>,
  context: RecordContext,
): Promise<void> {
  const codes = new Set<string>();
  for (const { id, tracking_code } of clicks) {
    if (tracking_code !== null && campaigns.get(id) === null) codes.add(tracking_code);
  }
  for (const code of await codesInUse(db, [...codes])) await claimClicks(db, code, context);
}

async function recordChunk(
  tx: Database,
  clicks: NewClick[],
  context: RecordContext,
): Promise<{ results: RecordedClick[]; unreached: SessionFact[] }> {
  await lockSessions(
    tx,
    clicks.map(({ session_id }) => session_id),
  );
  const inserted = await insertClicks(tx, clicks);
  const together = sessionsOf(clicks, inserted);
  const visits = await refoldSessions(tx, together, context.window_days);
  // What is kept apart is in nobody's path.
  const facts = clicks
    .filter(({ id, excluded }) => excluded === null && inserted.has(id))
    .map(({ session_id, clicked_at }) => ({ session_id, at: clicked_at }));
  const unreached = await settleLateClicks(tx, facts, context);
  const results = clicks.map(({ id, session_id, campaign_id }) => {
    const visit = visitOf(id, visits.get(session_id));
    return {
      id,
      visit_id: visit?.visit_id ?? id,
      campaign_id: inserted.get(id)?.campaign_id ?? visit?.campaign_id ?? campaign_id,
      is_new: inserted.has(id),
    };
  });
  return { results, unreached };
}

/** The sessions whose visits are not plain from the click alone: they have several, or had it before. */
function sessionsOf(clicks: NewClick[], inserted: Map<string, Inserted>): string[] {
  const seen = new Set<string>();
  const together = new Set<string>();
  for (const { id, session_id } of clicks) {
    if (seen.has(session_id) || !inserted.get(id)?.is_first) together.add(session_id);
    seen.add(session_id);
  }
  return [...together];
}

function visitOf(clickId: string, visits: Visit[] = []): Visit | undefined {
  return visits.find(({ click_ids }) => click_ids.includes(clickId));
}

export async function settleLateClicks(
  db: Database,
  facts: SessionFact[],
  { priority }: RecordContext,
): Promise<SessionFact[]> {
  return settleLateFacts(db, facts, { cause: 'A click came after the order.', priority });
}
