import { sql } from 'kysely';
import { type Database, plainArray } from '../../../database/index.ts';
import { groupBy } from '../../../vocabulary/group-by.ts';
import { readSessions } from '../../paths/read-sessions.ts';
import { foldSession, type Visit } from '../fold-session.ts';

/** The click a visit is shown by. */
export type OpeningClick = {
  id: string;
  session_id: string;
  campaign_id: string | null;
  clicked_at: Date;
  channel: string;
  excluded: string | null;
  device_type: string | null;
  browser: string | null;
  os: string | null;
  country: string | null;
  city: string | null;
  landing_page: string | null;
  referrer: string | null;
};

export const openingColumns = [
  'id',
  'session_id',
  'campaign_id',
  'clicked_at',
  'channel',
  'excluded',
  'device_type',
  'browser',
  'os',
  'country',
  'city',
  'landing_page',
  'referrer',
] as const;

/** A visit as lists show it; times are ISO 8601. One that is kept apart has no life: it is never credited. */
export type ShownVisit = Omit<OpeningClick, 'id' | 'clicked_at'> & {
  visit_id: string;
  visited_at: string;
  last_activity_at: string;
  expires_at: string | null;
  /** With its repeats. */
  clicks: number;
  /** Orders whose path it is part of, whoever holds their credit. */
  order_ids: string[];
};

/** Visits with how long they lived and what came of them, in the order of their clicks. */
export async function showVisits(
  db: Database,
  opening: OpeningClick[],
  window_days: number,
): Promise<ShownVisit[]> {
  const visits = await foldVisits(
    db,
    opening.map(({ session_id }) => session_id),
    window_days,
  );
  const orders = await readOrderIds(db, opening);
  return opening.map(({ id, clicked_at, ...click }) => {
    const visit = visits.get(id);
    return {
      visit_id: id,
      ...click,
      visited_at: clicked_at.toISOString(),
      last_activity_at: (visit?.last_activity_at ?? clicked_at).toISOString(),
      expires_at: visit?.expires_at.toISOString() ?? null,
      clicks: visit?.click_ids.length ?? 1,
      order_ids: orders.get(id) ?? [],
    };
  });
}

const endOfTime = new Date('9999-12-31T23:59:59.999Z');

/** The visits of these sessions, by their ids. */
export async function foldVisits(
  db: Database,
  sessionIds: string[],
  window_days: number,
): Promise<Map<string, Visit>> {
  const sessions = await readSessions(db, [...new Set(sessionIds)], endOfTime);
  const visits = [...sessions.values()].flatMap(({ clicks, activities }) =>
    foldSession(clicks, activities, { window_days }),
  );
  return new Map(visits.map((visit) => [visit.visit_id, visit]));
}

// By campaign and time, which the index of touches is by.
async function readOrderIds(db: Database, opening: OpeningClick[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ visit_id: string; order_id: string }>`
    select touch.touch_id as visit_id, touch.order_id
      from unnest(${plainArray(opening, ({ id }) => id)}::uuid[],
                  ${plainArray(opening, ({ campaign_id }) => campaign_id)}::uuid[],
                  ${plainArray(opening, ({ clicked_at }) => clicked_at)}::timestamptz[])
           as visit (id, campaign_id, visited_at)
      join order_touches touch
        on touch.campaign_id = visit.campaign_id and touch.touched_at = visit.visited_at and touch.touch_id = visit.id
     order by touch.order_id`.execute(db);
  const byVisit = groupBy(rows, ({ visit_id }) => visit_id);
  return new Map(
    [...byVisit].map(([id, ofVisit]) => [id, [...new Set(ofVisit.map(({ order_id }) => order_id))]]),
  );
}
