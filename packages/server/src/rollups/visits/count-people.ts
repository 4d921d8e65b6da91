import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { OpenSpan } from '../cut-range.ts';
import { clicksNotSummed, isUnchanged, isWithin, type Summed, summedPart } from './read-summed.ts';
import { labelOf, type Member } from './sum-pieces.ts';

/** What has to be told apart of a label in a span. */
export type People = {
  /** Visits that the rollups hold and that are told apart here. */
  listed: bigint;
  /** Visits that the rollups do not hold. */
  not_summed: bigint;
  /** Distinct people among both. */
  people: bigint;
  /** Of these, sessions that the rollups hold as one visitor each besides, since they have returned only now. */
  listed_twice: bigint;
};

type Asked = { members: Member[]; spans: OpenSpan[]; summed: Summed };

/** By label and span, `label|slot`; absent where there is nobody to be told apart. */
export async function countPeople(db: Database, asked: Asked): Promise<Map<string, People>> {
  const { members, spans, summed } = asked;
  const campaignIds = members.map(({ campaign_id }) => campaign_id);
  const span = { from: spans[0]!.from, to: spans.at(-1)!.to };
  const part = summedPart(span, summed);
  const listed =
    part === undefined
      ? sql``
      : sql`
        select campaign_id, visited_at as at, session_id, is_known, true as is_listed
          from returning_visits
         where campaign_id = any(${campaignIds}::uuid[]) and ${isWithin(part, sql`visited_at`)}
           and ${isUnchanged(summed, sql`campaign_id`, sql`visited_at`)}
        union all`;
  const notSummed = clicksNotSummed(
    sql`campaign_id, clicked_at as at, session_id, true as is_known, false as is_listed`,
    sql<boolean>`counted`,
    { campaignIds, span, summed },
  );
  const { rows } = await sql<People & { label: number; slot: number }>`
    with seen as materialized (
      select ${labelOf(asked, sql`campaign_id`)} as label, ${slotOf(spans, sql`at`)} as slot, session_id,
             bool_or(is_known) as may_be_known, count(*) filter (where is_listed) as listed, count(*) filter (where not is_listed) as not_summed
        from (${listed} ${notSummed}) visit
       group by 1, 2, 3
    ),
    known as (
      select distinct on (s.session_id) s.session_id,
             coalesce(encode(c.email_hash, 'hex'), s.customer_id::text) as person
        from session_customers s
        left join customers c on c.id = s.customer_id
       where s.session_id in (select session_id from seen where may_be_known)
       order by s.session_id, s.identified_at desc, s.customer_id desc
    ),
    returned as materialized (${part === undefined ? nobody : returnedSince(asked, part)})
    select seen.label, seen.slot, sum(seen.listed)::bigint as listed, sum(seen.not_summed)::bigint as not_summed,
           count(*) - count(known.person) + count(distinct known.person) as people,
           coalesce((select returned.visits from returned
                      where (returned.label, returned.slot) = (seen.label, seen.slot)), 0) as listed_twice
      from seen
      left join known using (session_id)
     group by seen.label, seen.slot`.execute(db);
  return new Map(rows.map(({ label, slot, ...people }) => [`${label}|${slot}`, people]));
}

const nobody = sql`select 0 as label, 0 as slot, 0::bigint as visits where false`;

/** Summed visits that are not listed, of sessions that have come again since. */
function returnedSince(asked: Asked, part: OpenSpan): RawBuilder<unknown> {
  const { members, spans, summed } = asked;
  return sql`
    select again.label, again.slot, count(*) as visits
      from (select label, slot, session_id from seen where not_summed > 0 offset 0) again
      cross join lateral (
        select from clicks
         where clicks.session_id = again.session_id and counted and clicks.campaign_id = any(${members.map(({ campaign_id }) => campaign_id)}::uuid[])
           and ${labelOf(asked, sql`clicks.campaign_id`)} = again.label
           and ${isWithin(part, sql`clicked_at`)} and ${slotOf(spans, sql`clicked_at`)} = again.slot
           and ${isUnchanged(summed, sql`clicks.campaign_id`, sql`clicked_at`)}
           and not exists (
             select from returning_visits listed
              where listed.campaign_id = clicks.campaign_id and listed.visited_at = clicked_at
                and listed.id = clicks.id)
      ) before
     group by 1, 2`;
}

function slotOf(spans: OpenSpan[], instant: RawBuilder<unknown>): RawBuilder<unknown> {
  if (spans.length === 1) return sql`0`;
  return sql`width_bucket(${instant}, ${spans.map(({ from }) => from)}::timestamptz[]) - 1`;
}
