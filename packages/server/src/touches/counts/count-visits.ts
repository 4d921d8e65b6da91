import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Interval } from '../../vocabulary/time-zone.ts';

/** Half-open; a missing bound is open. */
export type VisitSpan = { from: Date | null; to: Date | null };

/** Visits by people, and the distinct people among them: sessions, joined by their customer where it is known. */
export type VisitCounts = { visits: bigint; unique_visitors: bigint };

export const noVisits: VisitCounts = { visits: 0n, unique_visitors: 0n };

/**
 * The visits of each group of campaigns in a span; a group without any is absent. Unique visitors are counted for each
 * group and for the whole span: they do not add up.
 *
 * @param groups campaign ids by the name of their group; no campaign in two groups
 */
export async function countVisits(
  db: Database,
  groups: ReadonlyMap<string, string[]>,
  span: VisitSpan,
): Promise<Map<string, VisitCounts>> {
  const members = [...groups].flatMap(([name, ids]) => ids.map((id) => ({ name, id })));
  if (members.length === 0) return new Map();
  const rows = await count(
    db,
    sql`
    select member.name as label, session_id, count(*) as visits
      from clicks
      join unnest(${members.map(({ name }) => name)}::text[], ${members.map(({ id }) => id)}::uuid[])
           as member (name, campaign_id) using (campaign_id)
     where ${isCounted(
       members.map(({ id }) => id),
       span,
     )}
     group by member.name, session_id`,
  );
  return new Map(rows.map(({ label, ...counts }) => [label, counts]));
}

/**
 * The visits of these campaigns together in each interval, whose visitors are counted for the interval itself.
 * @param intervals in the order of time, without gaps
 */
export async function countVisitsByInterval(
  db: Database,
  campaignIds: string[],
  intervals: Interval[],
): Promise<VisitCounts[]> {
  const [first, last] = [intervals[0], intervals.at(-1)];
  if (first === undefined || last === undefined || campaignIds.length === 0) {
    return intervals.map(() => noVisits);
  }
  const starts = intervals.map(({ from }) => from);
  const rows = await count(
    db,
    sql`
    select width_bucket(clicked_at, ${starts}::timestamptz[])::text as label, session_id, count(*) as visits
      from clicks
     where ${isCounted(campaignIds, { from: first.from, to: last.to })}
     group by 1, session_id`,
  );
  const byPlace = new Map(rows.map(({ label, ...counts }) => [Number(label) - 1, counts]));
  return intervals.map((_, place) => byPlace.get(place) ?? noVisits);
}

/** The visits of every campaign in each hour or day of a time zone that had any; visitors are counted for each. */
export async function countVisitsByCampaign(
  db: Database,
  { unit, timeZone, from, to }: { unit: 'hour' | 'day'; timeZone: string; from: Date; to: Date },
): Promise<(VisitCounts & { campaign_id: string; start: Date })[]> {
  const start = sql`date_trunc(${unit}, clicked_at, ${timeZone})`;
  const rows = await count(
    db,
    sql`
    select extract(epoch from ${start})::bigint || '|' || campaign_id as label, session_id, count(*) as visits
      from clicks
     where counted and campaign_id is not null and clicked_at >= ${from} and clicked_at < ${to}
     group by 1, session_id`,
  );
  return rows.map(({ label, ...counts }) => {
    const [seconds, campaign_id] = label.split('|') as [string, string];
    return { ...counts, campaign_id, start: new Date(Number(seconds) * 1_000) };
  });
}

/**
 * @param sessions rows `label, session_id, visits`. Few sessions belong to anybody known, so these alone are looked up:
 * all others are somebody each.
 */
async function count(
  db: Database,
  sessions: RawBuilder<unknown>,
): Promise<(VisitCounts & { label: string })[]> {
  const { rows } = await sql<VisitCounts & { label: string }>`
    with seen as materialized (${sessions}),
    known as (
      select distinct on (s.session_id) s.session_id,
             coalesce(encode(c.email_hash, 'hex'), s.customer_id::text) as person
        from session_customers s
        left join customers c on c.id = s.customer_id
       where s.session_id in (select session_id from seen)
       order by s.session_id, s.identified_at desc, s.customer_id desc
    )
    select seen.label, sum(seen.visits)::bigint as visits,
           count(*) - count(known.person) + count(distinct known.person) as unique_visitors
      from seen
      left join known using (session_id)
     group by seen.label`.execute(db);
  return rows;
}

/** The visits by people of these campaigns in a span, as the index of counted clicks has them. */
export function isCounted(campaignIds: string[], { from, to }: VisitSpan): RawBuilder<boolean> {
  return sql<boolean>`counted and campaign_id = any(${campaignIds}::uuid[])
    and ${from === null ? sql`true` : sql`clicked_at >= ${from}`}
    and ${to === null ? sql`true` : sql`clicked_at < ${to}`}`;
}
