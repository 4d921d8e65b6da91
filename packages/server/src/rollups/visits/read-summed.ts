import { type RawBuilder, sql } from 'kysely';
import { type Database, plainArray } from '../../database/index.ts';
import type { OpenSpan } from '../cut-range.ts';

/** What the rollups of visits answer for: everything before `until`, but for the UTC days that were changed since. */
export type Summed = {
  /** A quarter hour; null where nothing is summed yet. */
  until: Date | null;
  /** Among the days before it, for the campaigns asked about. */
  changed: { campaign_id: string; day: Date }[];
};

export async function readSummed(db: Database, campaignIds: string[]): Promise<Summed> {
  const { until } = await db.selectFrom('visits_summed').select('until').executeTakeFirstOrThrow();
  if (until === null) return { until, changed: [] };
  const { rows } = await sql<{ campaign_id: string; day: Date }>`
    select distinct campaign_id, ${utcDay(sql`bucket`)} as day
      from visit_changes
     where campaign_id = any(${campaignIds}::uuid[]) and bucket < ${until}`.execute(db);
  return { until, changed: rows };
}

/** The part of a span that is summed, as far as its days have not changed; undefined for none of it. */
export function summedPart({ from, to }: OpenSpan, { until }: Summed): OpenSpan | undefined {
  if (until === null || (from !== null && from >= until)) return undefined;
  return { from, to: to === null || to > until ? until : to };
}

/** Whether a row before `until`, of a campaign at an instant, is still as it was summed. */
export function isUnchanged(
  { changed }: Summed,
  campaignId: RawBuilder<unknown>,
  instant: RawBuilder<unknown>,
): RawBuilder<boolean> {
  if (changed.length === 0) return sql<boolean>`true`;
  return sql<boolean>`(${campaignId}, ${utcDay(instant)}) not in (select campaign_id, day from ${changedDays(changed)})`;
}

/**
 * The clicks of a span that no rollup answers for: those since `until`, and those of changed days.
 *
 * @param columns of `clicks`
 * @param which of the clicks, by the condition of an index on campaign and time
 */
export function clicksNotSummed(
  columns: RawBuilder<unknown>,
  which: RawBuilder<boolean>,
  { campaignIds, span, summed }: { campaignIds: string[]; span: OpenSpan; summed: Summed },
): RawBuilder<unknown> {
  const { until, changed } = summed;
  const since = sql`
    select ${columns} from clicks
     where ${which} and campaign_id = any(${campaignIds}::uuid[]) and ${isWithin(span, sql`clicked_at`)}
       and ${until === null ? sql`true` : sql`clicked_at >= ${until}`}`;
  if (changed.length === 0) return since;
  return sql`${since}
    union all
    select ${columns} from (
      select clicks.*
        from ${changedDays(changed)}
        cross join lateral (
          select * from clicks
           where ${which} and clicks.campaign_id = changed.campaign_id and clicked_at >= changed.day
             and clicked_at < least(changed.day + interval '1 day', ${until}) and ${isWithin(span, sql`clicked_at`)}
        ) clicks
    ) again`;
}

export function isWithin({ from, to }: OpenSpan, instant: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${from === null ? sql`true` : sql`${instant} >= ${from}`}
    and ${to === null ? sql`true` : sql`${instant} < ${to}`}`;
}

/** As `date_trunc('day', …, 'UTC')`, at a fraction of its cost. */
export function utcDay(instant: RawBuilder<unknown>): RawBuilder<Date> {
  return sql<Date>`date_bin('1 day', ${instant}, '2000-01-01Z')`;
}

/** Whether the name of a visitor is a session's, whom nobody is known by. */
export function isOnlySession(name: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`starts_with(${name}, '/')`;
}

function changedDays(changed: Summed['changed']): RawBuilder<unknown> {
  return sql`unnest(${plainArray(changed, ({ campaign_id }) => campaign_id)}::uuid[],
    ${plainArray(changed, ({ day }) => day)}::timestamptz[]) as changed (campaign_id, day)`;
}
