import { type RawBuilder, sql } from 'kysely';
import { type Database, inTransaction } from '../../database/index.ts';
import { daysLater, minutesLater } from '../../vocabulary/period.ts';
import { bucketOf } from '../buckets.ts';
import { isOnlySession, utcDay } from './read-summed.ts';

/**
 * Behind what happens now, by more than a visit takes from its click to its commit: what is received within half an
 * hour of its click has that time again to be committed in.
 */
const minutesBehind = 60;

// A transaction of this many days is short enough to be repeated when it is cut off.
const daysAtOnce = 7;

// Changed days, of a campaign each, in a transaction.
const changedAtOnce = 500;

/**
 * Brings the rollups of visits up to date: sums the quarter hours that have closed since the last time, and the days
 * again whose clicks were changed since. Reports are exact whether it has run or not; it makes them fast. Several at
 * once take turns.
 */
export async function sumVisits(db: Database, now: Date): Promise<void> {
  const until = bucketOf(minutesLater(now, -minutesBehind), 'quarter');
  while (await inTransaction(db, (tx) => sumNext(tx, until)));
  while (await inTransaction(db, sumAgain));
}

/** @returns whether there is more to be summed */
async function sumNext(tx: Database, end: Date): Promise<boolean> {
  const summed = await takeTurn(tx);
  const from = summed ?? (await readFirst(tx)) ?? end;
  if (from >= end && summed !== null) return false;
  const next = daysLater(bucketOf(from, 'day'), daysAtOnce);
  const to = next < end ? next : end;
  // What was changed until now is seen by the sum; what is changed from now on leaves a row that stays.
  await tx.deleteFrom('visit_changes').where('bucket', '>=', from).execute();
  const clicks = sql`
    select campaign_id, clicked_at, id, session_id, counted, excluded, device_type, country, channel from clicks
     where campaign_id is not null and (counted or excluded is not null)
       and clicked_at >= ${from} and clicked_at < ${to}`;
  await sumClicks(tx, clicks, to);
  await tx.updateTable('visits_summed').set({ until: to }).execute();
  return to < end;
}

/** @returns whether there may be more changed days */
async function sumAgain(tx: Database): Promise<boolean> {
  const until = await takeTurn(tx);
  if (until === null) return false;
  const { rows: changed } = await sql<{ campaign_id: string; day: Date }>`
    with day as (
      select distinct campaign_id, ${utcDay(sql`bucket`)} as day from visit_changes
       where bucket < ${until} order by 1, 2 limit ${changedAtOnce}
    ),
    taken as (
      delete from visit_changes using day
       where visit_changes.campaign_id = day.campaign_id and bucket < ${until}
         and ${utcDay(sql`bucket`)} = day.day
    )
    select campaign_id, day from day`.execute(tx);
  if (changed.length === 0) return false;
  const days = sql`unnest(${changed.map(({ campaign_id }) => campaign_id)}::uuid[], ${changed.map(({ day }) => day)}::timestamptz[])
    as changed (campaign_id, day)`;
  await sql`
    delete from visit_rollups held using ${days}
     where held.campaign_id = changed.campaign_id and bucket >= changed.day
       and bucket < changed.day + interval '1 day'`.execute(tx);
  await sql`
    delete from returning_visits held using ${days}
     where held.campaign_id = changed.campaign_id and visited_at >= changed.day
       and visited_at < changed.day + interval '1 day'`.execute(tx);
  const ofDay = (which: RawBuilder<boolean>) => sql`
    select clicks.* from ${days} cross join lateral (
      select campaign_id, clicked_at, id, session_id, counted, excluded, device_type, country, channel from clicks
       where ${which} and clicks.campaign_id = changed.campaign_id and clicked_at >= changed.day
         and clicked_at < least(changed.day + interval '1 day', ${until})
    ) clicks`;
  const clicks = sql`
    ${ofDay(sql<boolean>`counted`)} union all ${ofDay(sql<boolean>`excluded is not null`)}`;
  await sumClicks(tx, clicks, until);
  return changed.length === changedAtOnce;
}

/** @returns up to when visits are summed, as it stays until this transaction ends */
async function takeTurn(tx: Database): Promise<Date | null> {
  const { until } = await tx
    .selectFrom('visits_summed')
    .select('until')
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return until;
}

async function readFirst(tx: Database): Promise<Date | null> {
  const { rows } = await sql<{ first: Date | null }>`select min(clicked_at) as first from clicks`.execute(tx);
  return rows[0]!.first && bucketOf(rows[0]!.first, 'day');
}

/** Adds clicks to the rollups in one statement, and lists those of them, and of others, that have to be told apart. */
async function sumClicks(tx: Database, clicks: RawBuilder<unknown>, until: Date): Promise<void> {
  await sql`
    with click as materialized (${clicks}),
    fine as materialized (
      select campaign_id, date_bin('15 minutes', clicked_at, '2000-01-01Z') as bucket, excluded, device_type, country,
             channel, count(*) as visits
        from click group by 1, 2, 3, 4, 5, 6
    ),
    quarter as (
      select campaign_id, case when excluded is null then 'visits' else 'kept_apart' end as dimension, bucket,
             coalesce(excluded, '') as value, sum(visits) as visits
        from fine group by 1, 2, 3, 4
    ),
    told as (
      select campaign_id, dimension, ${utcDay(sql`bucket`)} as bucket, value, sum(visits) as visits
        from quarter group by 1, 2, 3, 4
      union all
      select campaign_id, by.dimension, ${utcDay(sql`bucket`)}, by.value, sum(visits)
        from fine
        cross join lateral (values ('device', coalesce(device_type, '')), ('country', coalesce(country, '')),
                                   ('channel', channel)) as by (dimension, value)
       where excluded is null
       group by 1, 2, 3, 4
    ),
    summed as (
      insert into visit_rollups (campaign_id, dimension, grain, bucket, value, visits)
      select campaign_id, dimension, 'quarter', bucket, value, visits from quarter
      union all
      select campaign_id, dimension, 'day', bucket, value, visits from told
      on conflict (campaign_id, dimension, grain, bucket, value)
        do update set visits = visit_rollups.visits + excluded.visits
    ),
    session as materialized (
      select session_id, visitor_name(session_id) as name,
             exists (
               select from clicks other
                where other.session_id = by.session_id and other.id <> by.any_id and other.counted
                  and other.campaign_id is not null) as has_others
        from (select session_id, min(id::text)::uuid as any_id from click where counted group by session_id) by
    ),
    told_apart as materialized (
      select session_id, name from session where has_others or not ${isOnlySession(sql`name`)}
    ),
    numbered as (
      insert into visitors (name)
      select distinct name from told_apart
       where not exists (select from visitors where visitors.name = told_apart.name)
      returning name, number
    ),
    visitor as materialized (
      select session_id, coalesce(numbered.number, visitors.number) as number
        from told_apart left join numbered using (name) left join visitors using (name)
    )
    insert into returning_visits (campaign_id, visited_at, id, visitor)
    select campaign_id, clicked_at, id, number from visitor join clicks using (session_id)
     where counted and campaign_id is not null and clicked_at < ${until}
    on conflict (campaign_id, visited_at, id) do update set visitor = excluded.visitor
      where returning_visits.visitor <> excluded.visitor`.execute(tx);
}
