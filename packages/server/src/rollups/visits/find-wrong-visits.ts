import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { utcDay } from './read-summed.ts';

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
 * returning visits those are named, by UTC day as `returning`, that are no visits or are missing.
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
    returning_now as (
      select campaign_id, clicked_at, id, is_known
        from summed
        cross join lateral (
          select exists (select from session_customers known where known.session_id = summed.session_id) as is_known
        ) by
       where counted
         and (is_known or exists (
               select from summed other
                where other.session_id = summed.session_id and other.id <> summed.id and other.counted))
    ),
    listed as (
      select * from returning_visits where ${isSummed(sql`returning_visits.campaign_id`, sql`visited_at`)}
    )
    select campaign_id, dimension, grain, bucket, value,
           coalesce(stored.visits, 0) as stored, coalesce(expected.visits, 0) as expected
      from stored full join expected using (campaign_id, dimension, grain, bucket, value)
     where coalesce(stored.visits, 0) <> coalesce(expected.visits, 0)
    union all
    select campaign_id, 'returning', 'day', ${utcDay(sql`at`)}, '', count(listed_id), count(visit_id)
      from (
        select listed.campaign_id, visited_at as at, listed.id as listed_id, summed.id as visit_id
          from listed left join summed on summed.id = listed.id and summed.session_id = listed.session_id and counted
         where summed.id is null
        union all
        select campaign_id, clicked_at, null, id from returning_now
         where not exists (
                 select from listed where listed.id = returning_now.id and listed.is_known >= returning_now.is_known)
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
