import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Interval } from '../../vocabulary/time-zone.ts';

/** Visits by people, and the distinct people among them: sessions, joined by their customer where it is known. */
type VisitCounts = { visits: bigint; unique_visitors: bigint };

/**
 * The visits of every campaign in each interval that had any, by its place; visitors are counted for each.
 * @param intervals in the order of time, without gaps
 */
export async function countVisitsByCampaign(
  db: Database,
  intervals: Interval[],
): Promise<(VisitCounts & { campaign_id: string; place: number })[]> {
  const [first, last] = [intervals[0], intervals.at(-1)];
  if (first === undefined || last === undefined) return [];
  const place = sql`width_bucket(clicked_at, ${intervals.map(({ from }) => from)}::timestamptz[]) - 1`;
  const rows = await count(
    db,
    sql`
    select ${place} || '|' || campaign_id as label, session_id, count(*) as visits
      from clicks
     where counted and campaign_id is not null and clicked_at >= ${first.from} and clicked_at < ${last.to}
     group by 1, session_id`,
  );
  return rows.map(({ label, ...counts }) => {
    const [place, campaign_id] = label.split('|') as [string, string];
    return { ...counts, campaign_id, place: Number(place) };
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
