import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Database, pastPriority } from '../../../database/index.ts';
import { type ItemOutcome, rejected } from '../../../vocabulary/batch.ts';
import type { Clock } from '../../../vocabulary/clock.ts';
import type { FieldFault } from '../../../vocabulary/errors.ts';
import { derivedId } from '../../../vocabulary/ids.ts';
import { remembering } from '../../../vocabulary/remember.ts';
import { liesAhead } from '../../lies-ahead.ts';
import { recogniseAgent } from '../../recognise/recognise-agent.ts';
import type { NewClick } from '../insert-clicks.ts';
import { readArrival } from '../read-arrival.ts';
import { recordActivities } from '../record-activities.ts';
import { recordClicks } from '../record-clicks.ts';
import { rowsAtOnce } from '../rows-at-once.ts';
import type { VisitRow } from './visit-row.ts';

/**
 * Records visits with their own times: past ones of another system, or those that a server saw. By the verbs by which
 * live ones enter; sent again, they change nothing. What they reach is settled behind what happens now.
 *
 * @returns an outcome per visit, at its place
 */
export async function recordVisits(
  db: Database,
  rows: VisitRow[],
  { clock, visitWindowDays }: { clock: Clock; visitWindowDays: number },
): Promise<ItemOutcome[]> {
  const now = clock.now();
  const campaigns = await readCampaignIds(db, rows);
  const outcomes: ItemOutcome[] = [];
  const clicks = rows.flatMap((row, place) => {
    const faults = faultsOf(row, campaigns, now);
    if (faults.length === 0) return [{ place, row, click: clickOf(row, now) }];
    outcomes[place] = rejected(row.external_id ?? null, faults);
    return [];
  });
  const context = { window_days: visitWindowDays, priority: pastPriority };
  const recorded = await givingWay(
    clicks.map(({ click }) => click),
    (some) => recordClicks(db, some, context),
  );
  const activities = clicks.flatMap(({ row: { last_activity_at, visited_at }, click: { session_id } }) =>
    last_activity_at && last_activity_at > visited_at ? [{ session_id, active_at: last_activity_at }] : [],
  );
  await givingWay(activities, async (some) => [...(await recordActivities(db, some, context))]);
  const told = new Set<string>();
  for (const [index, { place, row, click }] of clicks.entries()) {
    const { id, is_new } = recorded[index]!;
    // Of one that the batch holds twice, the first is the new one.
    const key = `${click.session_id} ${id}`;
    const isCreated = is_new && !told.has(key);
    told.add(key);
    outcomes[place] = {
      outcome: isCreated ? 'created' : 'unchanged',
      id,
      external_id: row.external_id ?? id,
    };
  }
  return outcomes;
}

// Of the time that a piece takes. Without it an order of now waits twice as long to be settled as without a batch.
const restShare = 0.4;

/** As many at a time as their verb records in a transaction, with a rest after each. */
async function givingWay<Fact, Result>(
  facts: Fact[],
  record: (some: Fact[]) => Promise<Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  const atOnce = rowsAtOnce({ priority: pastPriority });
  for (let start = 0; start < facts.length; start += atOnce) {
    const started = performance.now();
    results.push(...(await record(facts.slice(start, start + atOnce))));
    const isLast = start + atOnce >= facts.length;
    if (!isLast) await wait(restShare * (performance.now() - started));
  }
  return results;
}

async function readCampaignIds(db: Database, rows: VisitRow[]): Promise<Set<string>> {
  const ids = [...new Set(rows.flatMap(({ campaign_id }) => campaign_id?.toLowerCase() ?? []))];
  if (ids.length === 0) return new Set();
  const campaigns = await db
    .selectFrom('campaigns')
    .select('id')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('channel', 'is', null)
    .execute();
  return new Set(campaigns.map(({ id }) => id));
}

function faultsOf(
  { campaign_id, visited_at, last_activity_at }: VisitRow,
  campaigns: Set<string>,
  now: Date,
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (campaign_id && !campaigns.has(campaign_id.toLowerCase())) {
    faults.push({ path: 'campaign_id', message: 'is no campaign; give its id, or its tracking_code' });
  }
  if (liesAhead(last_activity_at ?? visited_at, now)) {
    const path = last_activity_at ? 'last_activity_at' : 'visited_at';
    faults.push({ path, message: 'lies in the future' });
  }
  if (last_activity_at && last_activity_at < visited_at) {
    faults.push({ path: 'last_activity_at', message: 'is before visited_at' });
  }
  return faults;
}

const agentOf = remembering(recogniseAgent);

function clickOf(row: VisitRow, now: Date): NewClick {
  const arrival = readArrival(row);
  const agent = agentOf(row.user_agent ?? '');
  return {
    session_id: row.session_id,
    id: idOf(row, arrival.tracking_code),
    clicked_at: row.visited_at,
    campaign_id: row.campaign_id?.toLowerCase() ?? null,
    ...arrival,
    ...agent,
    user_agent: row.user_agent || null,
    country: row.country?.toUpperCase() ?? null,
    city: null,
    address_hash: null,
    address: null,
    excluded: agent.device_type === 'bot' ? 'bot' : null,
    received_via: 'batch',
    received_at: now,
  };
}

function idOf({ external_id, session_id, visited_at, campaign_id }: VisitRow, code: string | null): string {
  if (external_id) return derivedId('visit', session_id, external_id);
  return derivedId(
    'visit',
    session_id,
    visited_at.toISOString(),
    campaign_id?.toLowerCase() ?? '',
    code ?? '',
  );
}
