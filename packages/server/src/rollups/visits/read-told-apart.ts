import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { OpenSpan } from '../cut-range.ts';
import { clicksNotSummed, isUnchanged, isWithin, type Summed, summedPart } from './read-summed.ts';
import { labelOf, type Member } from './sum-pieces.ts';

/** The people of visits that have to be told apart, as numbers, one a visit; the same in every label and slot. */
export type ToldApart = {
  /** Of visits that the rollups hold. */
  listed: Int32Array[];
  /** Of visits that the rollups do not hold. */
  not_summed: Int32Array[];
};

type Asked = { members: Member[]; spans: OpenSpan[]; summed: Summed };

/**
 * Whoever has to be told apart, by label and span, `label|slot`; absent where there is nobody. Who is not among the
 * numbered visitors gets a number below zero for this answer.
 */
export async function readToldApart(db: Database, asked: Asked): Promise<Map<string, ToldApart>> {
  const { spans, summed } = asked;
  const span = { from: spans[0]!.from, to: spans.at(-1)!.to };
  const part = summedPart(span, summed);
  const isAllSummed = part !== undefined && part.to === span.to && summed.changed.length === 0;
  const rows = [
    ...(part === undefined ? [] : await readListed(db, asked, part)),
    ...(isAllSummed ? [] : await readNotSummed(db, asked, span, part)),
  ];
  const told = new Map<string, ToldApart>();
  for (const { label, slot, kind, visitors } of rows) {
    const those = told.get(`${label}|${slot}`) ?? { listed: [], not_summed: [] };
    told.set(`${label}|${slot}`, those);
    those[kind].push(numbersOf(visitors));
  }
  return told;
}

type Row = { kind: keyof ToldApart; label: number; slot: number; visitors: Buffer };

async function readListed(db: Database, asked: Asked, part: OpenSpan): Promise<Row[]> {
  const { spans, summed, members } = asked;
  // Otherwise rows come by campaign as they lie in the index, and a label is looked up for each campaign, not for each row.
  const hasOneLabel = members.every(({ label }) => label === members[0]!.label);
  const { rows } = await sql<Row>`
    select 'listed' as kind, ${labelOf(asked, sql`campaign_id`)} as label, ${slotOf(spans, sql`visited_at`)} as slot,
           string_agg(int4send(visitor), '') as visitors
      from returning_visits
     where campaign_id = any(${idsOf(asked)}::uuid[]) and ${isWithin(part, sql`visited_at`)}
       and ${isUnchanged(summed, sql`campaign_id`, sql`visited_at`)}
     group by ${hasOneLabel ? sql`slot` : sql`campaign_id, slot`}`.execute(db);
  return rows;
}

/** Visits that are not summed; and summed ones that were not listed, since their session has come again only now. */
async function readNotSummed(
  db: Database,
  asked: Asked,
  span: OpenSpan,
  part: OpenSpan | undefined,
): Promise<Row[]> {
  const { spans, summed } = asked;
  const clicks = clicksNotSummed(
    sql`${labelOf(asked, sql`campaign_id`)} as label, ${slotOf(spans, sql`clicked_at`)} as slot, session_id`,
    sql<boolean>`counted`,
    { campaignIds: idsOf(asked), span, summed },
  );
  const { rows } = await sql<Row>`
    with visit as materialized (${clicks}),
    named as materialized (
      select session_id, visitor_name(session_id) as name from (select distinct session_id from visit) session
    ),
    numbered as materialized (
      select name, coalesce(visitors.number, - row_number() over ())::int as number
        from (select distinct name from named) named left join visitors using (name)
    ),
    session as materialized (select session_id, number from named join numbered using (name))
    select 'not_summed' as kind, label, slot, string_agg(int4send(number), '') as visitors
      from visit join session using (session_id)
     group by label, slot
    ${part === undefined ? sql`` : sql`union all ${returnedSince(asked, part)}`}`.execute(db);
  return rows;
}

function returnedSince(asked: Asked, part: OpenSpan): RawBuilder<unknown> {
  const { spans, summed } = asked;
  return sql`
    select 'listed', ${labelOf(asked, sql`before.campaign_id`)}, ${slotOf(spans, sql`before.clicked_at`)},
           string_agg(int4send(session.number), '')
      from session
      cross join lateral (
        select campaign_id, clicked_at from clicks
         where clicks.session_id = session.session_id and counted
           and campaign_id = any(${idsOf(asked)}::uuid[]) and ${isWithin(part, sql`clicked_at`)}
           and ${isUnchanged(summed, sql`campaign_id`, sql`clicked_at`)}
           and not exists (
             select from returning_visits listed
              where listed.campaign_id = clicks.campaign_id and listed.visited_at = clicked_at
                and listed.id = clicks.id)
      ) before
     group by 2, 3`;
}

function idsOf({ members }: Asked): string[] {
  return members.map(({ campaign_id }) => campaign_id);
}

function slotOf(spans: OpenSpan[], instant: RawBuilder<unknown>): RawBuilder<unknown> {
  if (spans.length === 1) return sql`0`;
  return sql`width_bucket(${instant}, ${spans.map(({ from }) => from)}::timestamptz[]) - 1`;
}

/** Numbers of four bytes each, as `int4send` writes them. */
function numbersOf(bytes: Buffer): Int32Array {
  const numbers = new Int32Array(bytes.length / 4);
  for (let place = 0; place < numbers.length; place += 1) numbers[place] = bytes.readInt32BE(place * 4);
  return numbers;
}
