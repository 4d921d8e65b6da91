import { sql } from 'kysely';
import { type Database, inTransaction, runPrepared } from '../../database/index.ts';
import { lockSessions } from './lock-sessions.ts';
import type { RecordContext } from './record-context.ts';
import { refoldSessions } from './refold-sessions.ts';
import { type SessionFact, settleLateFacts } from './settle-late-facts.ts';

const sessionsAtOnce = 1000;

/**
 * Gives the clicks that came with a tracking code before any campaign had it to the campaign that has it now, and
 * leaves the orders they reach to be settled again. Does nothing when no campaign has it; can be repeated.
 */
export async function claimClicks(db: Database, trackingCode: string, context: RecordContext): Promise<void> {
  const code = trackingCode.toLowerCase();
  for (;;) {
    const sessionIds = await findWaiting(db, code);
    if (sessionIds.length === 0 || (await codesInUse(db, [code])).length === 0) return;
    const unreached = await inTransaction(db, (tx) => claimIn(tx, sessionIds, code, context));
    await settleLate(db, unreached, context);
  }
}

/** Which of these codes, in lower case, a campaign has. */
export async function codesInUse(db: Database, codes: string[]): Promise<string[]> {
  if (codes.length === 0) return [];
  const rows = await runPrepared<{ code: string }>(db, ofCodes, [codes]);
  return rows.map(({ code }) => code);
}

const ofCodes = {
  name: 'codes-in-use',
  text: `
    select lower(tracking_code) as code from campaigns
     where lower(tracking_code) = any($1::text[]) and channel is null`,
};

async function findWaiting(db: Database, code: string): Promise<string[]> {
  const { rows } = await sql<{ session_id: string }>`
    select distinct session_id from clicks
     where tracking_code = ${code} and campaign_id is null limit ${sessionsAtOnce}`.execute(db);
  return rows.map(({ session_id }) => session_id);
}

async function claimIn(
  tx: Database,
  sessionIds: string[],
  code: string,
  context: RecordContext,
): Promise<SessionFact[]> {
  await lockSessions(tx, sessionIds);
  const { rows } = await sql<SessionFact>`
    update clicks set campaign_id = campaigns.id
      from campaigns
     where lower(campaigns.tracking_code) = ${code} and campaigns.channel is null
       and clicks.session_id = any(${sessionIds}::text[])
       and clicks.tracking_code = ${code} and clicks.campaign_id is null
    returning clicks.session_id, clicks.clicked_at as at`.execute(tx);
  await refoldSessions(tx, sessionIds, context.window_days);
  return settleLate(tx, rows, context);
}

async function settleLate(
  db: Database,
  facts: SessionFact[],
  { priority }: RecordContext,
): Promise<SessionFact[]> {
  const cause = 'A campaign got the tracking code of earlier clicks.';
  return settleLateFacts(db, facts, { cause, priority });
}
