import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/** Visits by people, and the distinct people among them: sessions, joined by their customer where it is known. */
type VisitCounts = { visits: bigint; unique_visitors: bigint };

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
