import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { isOnlySession, utcDay } from './read-summed.ts';

/** A row of the rollups of visits that is not the count of its clicks. */
export type WrongVisits = {
  campaign_id: string;
  dimension: string;
  grain: string;
  bucket: Date;
  value: string;
  stored: bigint;
  expected: bigint;
};

/**
 * Compares the rollups of visits with the clicks, as far as they are summed and not changed since. Of the list of
 * returning visits those are named, by UTC day as `returning`, that are no visits, somebody else's, or missing.
 */
export async function findWrongVisits(db: Database): Promise<WrongVisits[]> {
  const { rows } = await sql<WrongVisits>`
    with summed as materialized (
      select campaign_id, clicked_at, id, session_id, excluded, counted, device_type, country, channel
        from clicks
       where campaign_id is not null and (counted or excluded is not null)
         and ${isSummed(sql`clicks.campaign_id`, sql`clicked_at`)}
    ),
    told as (
      select campaign_id, clicked_at, by.*
        from summed
        cross join lateral (values
          (case when counted then 'visits' else 'kept_apart' end, 'quarter', coalesce(excluded, '')),
          (case when counted then 'visits' else 'kept_apart' end, 'day', coalesce(excluded, '')),
          (case when counted then 'device' end, 'day', coalesce(device_type, '')),
          (case when counted then 'country' end, 'day', coalesce(country, '')),
          (case when counted then 'channel' end, 'day', channel)) as by (dimension, grain, value)
       where by.dimension is not null
    ),
    expected as (
      select campaign_id, dimension, grain,
             date_bin(case grain when 'day' then '1 day' else '15 minutes' end::interval, clicked_at, '2000-01-01Z') as bucket,
             value, count(*) as visits
        from told group by 1, 2, 3, 4, 5
    ),
    stored as (
      select * from visit_rollups where ${isSummed(sql`visit_rollups.campaign_id`, sql`visit_rollups.bucket`)}
    ),
    named as materialized (
      select session_id, visitor_name(session_id) as name, count(*) > 1 as has_others
        from summed where counted group by session_id
    ),
    returning_now as (
      select campaign_id, clicked_at as visited_at, id, name, has_others or not ${isOnlySession(sql`name`)} as must_be_listed
        from summed join named using (session_id) where counted
    ),
    listed as (
      select campaign_id, visited_at, id, name
        from returning_visits left join visitors on visitors.number = returning_visits.visitor
       where ${isSummed(sql`returning_visits.campaign_id`, sql`visited_at`)}
    )
    select campaign_id, dimension, grain, bucket, value,
           coalesce(stored.visits, 0) as stored, coalesce(expected.visits, 0) as expected
      from stored full join expected using (campaign_id, dimension, grain, bucket, value)
     where coalesce(stored.visits, 0) <> coalesce(expected.visits, 0)
    union all
    select campaign_id, 'returning', 'day', ${utcDay(sql`at`)}, '', count(listed_id), count(visit_id)
      from (
        select campaign_id, visited_at as at, id as listed_id, null as visit_id from listed
         where not exists (select from returning_now now where now.id = listed.id and now.name = listed.name)
        union all
        select campaign_id, visited_at, null, id from returning_now now
         where must_be_listed
           and not exists (select from listed where listed.id = now.id and listed.name = now.name)
      ) odd
     group by 1, 4
     order by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

function isSummed(campaignId: RawBuilder<unknown>, instant: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${instant} < (select until from visits_summed)
    and not exists (
      select from visit_changes
       where visit_changes.campaign_id = ${campaignId}
         and visit_changes.bucket >= ${utcDay(instant)} and visit_changes.bucket < ${utcDay(instant)} + interval '1 day')`;
}
