import { sql } from 'kysely';
import { type Database, inTransaction, recordSet } from '../../database/index.ts';
import { claimClicks, codesInUse } from './claim-clicks.ts';
import type { Visit } from './fold-session.ts';
import { lockSessions } from './lock-sessions.ts';
import type { RecordContext } from './record-context.ts';
import { refoldSessions } from './refold-sessions.ts';
import { type SessionFact, settleLateFacts } from './settle-late-facts.ts';

/** A click as it will be kept. Its id makes it the same when it is sent again. */
export type NewClick = {
  session_id: string;
  id: string;
  clicked_at: Date;
  /** Null: the campaign that has the code, if one does. */
  campaign_id: string | null;
  /** In lower case. */
  tracking_code: string | null;
  channel: string;
  received_via: 'tracker' | 'link' | 'batch';
  /** Why it is kept apart and never credited. */
  excluded: 'bot' | 'own_traffic' | 'impossible_rate' | null;
  landing_page: string | null;
  referrer: string | null;
  utm: Record<string, string> | null;
  click_ids: Record<string, string> | null;
  device_type: string | null;
  browser: string | null;
  os: string | null;
  country: string | null;
  city: string | null;
  address_hash: Buffer | null;
  address: string | null;
  user_agent: string | null;
  received_at: Date;
};

export type RecordedClick = {
  id: string;
  /** The visit it opened, its own id, or belongs to as a repeat. */
  visit_id: string;
  campaign_id: string | null;
  is_new: boolean;
};

// As orders are: a transaction that is short enough to be waited for.
const chunkSize = 1000;

/**
 * The one verb by which clicks enter, from the tracker, a short link or a batch. A click that is held already changes
 * nothing. Whatever the order in which clicks and activities of a session come, its visits end the same; orders that a
 * click comes late for are left to be settled again.
 *
 * @returns a result per click, at its place; a thousand at a time are recorded all or none
 */
export async function recordClicks(
  db: Database,
  clicks: NewClick[],
  context: RecordContext,
): Promise<RecordedClick[]> {
  const recorded: RecordedClick[] = [];
  for (let start = 0; start < clicks.length; start += chunkSize) {
    const chunk = clicks.slice(start, start + chunkSize);
    const { results, unreached } = await inTransaction(db, (tx) => recordChunk(tx, chunk, context));
    recorded.push(...results);
    if (db.isTransaction) continue;
    await settleLate(db, unreached, context);
    await claimMissed(db, chunk, recorded.slice(start), context);
  }
  return recorded;
}

/** A campaign that got its code while these clicks were being written has not seen them, nor they it. */
async function claimMissed(
  db: Database,
  clicks: NewClick[],
  recorded: RecordedClick[],
  context: RecordContext,
): Promise<void> {
  const codes = clicks.flatMap(({ tracking_code }, place) =>
    tracking_code !== null && recorded[place]!.campaign_id === null ? [tracking_code] : [],
  );
  for (const code of await codesInUse(db, [...new Set(codes)])) await claimClicks(db, code, context);
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
  const unreached = await settleLate(tx, facts, context);
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

type Inserted = { id: string; campaign_id: string | null; is_first: boolean };

const columns = {
  session_id: 'text',
  id: 'uuid',
  clicked_at: 'timestamptz',
  campaign_id: 'uuid',
  tracking_code: 'text',
  channel: 'text',
  received_via: 'text',
  excluded: 'text',
  landing_page: 'text',
  referrer: 'text',
  utm: 'jsonb',
  click_ids: 'jsonb',
  device_type: 'text',
  browser: 'text',
  os: 'text',
  country: 'text',
  city: 'text',
  address_hash: 'bytea',
  address: 'text',
  user_agent: 'text',
  received_at: 'timestamptz',
} as const;

const resolved = Object.keys(columns)
  .map((name) =>
    name === 'campaign_id' ? 'coalesce(sent.campaign_id, holder.id) as campaign_id' : `sent.${name}`,
  )
  .join(', ');

/** Each as a visit of its own, which it is when its session has no other click. */
async function insertClicks(tx: Database, clicks: NewClick[]): Promise<Map<string, Inserted>> {
  const { names, rows } = recordSet(columns, clicks);
  const inserted = await sql<Inserted>`
    with sent as materialized (
      select ${sql.raw(resolved)},
             not exists (select from clicks held where held.session_id = sent.session_id) as is_first
        from ${rows}
        left join campaigns holder on lower(holder.tracking_code) = sent.tracking_code and holder.channel is null
    ), inserted as (
      insert into clicks (visit_id, ${names}) select id, ${names} from sent
      on conflict (session_id, id) do nothing
      returning id, campaign_id
    )
    select inserted.id, inserted.campaign_id, sent.is_first from inserted join sent on sent.id = inserted.id`.execute(
    tx,
  );
  return new Map(inserted.rows.map((row) => [row.id, row]));
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

async function settleLate(
  db: Database,
  facts: SessionFact[],
  { priority }: RecordContext,
): Promise<SessionFact[]> {
  return settleLateFacts(db, facts, { cause: 'A click came after the order.', priority });
}
