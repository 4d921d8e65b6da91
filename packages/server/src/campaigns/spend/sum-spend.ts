import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Minor } from '../../vocabulary/money.ts';

/** Which spend: of these campaigns (all when absent) on the days from `from_day` to the one before `to_day`. */
export type SpendSpan = {
  campaign_ids?: string[];
  from_day: string | null;
  to_day: string | null;
  currency: string;
};

/** Sums spend by campaign or calendar day; a key whose entries come to nothing is there with 0. */
export async function sumSpend(
  db: Database,
  by: 'campaign_id' | 'day',
  span: SpendSpan,
): Promise<Map<string, Minor>> {
  const rows = await within(db, span)
    .where('currency', '=', span.currency)
    .select([by, sql<Minor>`sum(amount_minor)::bigint`.as('minor')])
    .groupBy(by)
    .execute();
  return new Map(rows.map(({ minor, ...row }) => [(row as Record<typeof by, string>)[by], minor]));
}

/** Sums spend by campaign in each of several spans of days, in one statement; a campaign that cost nothing is absent. */
export async function sumSpendOver(
  db: Database,
  spans: Pick<SpendSpan, 'from_day' | 'to_day'>[],
  { currency, campaign_ids }: Pick<SpendSpan, 'currency' | 'campaign_ids'>,
): Promise<Map<string, Minor>[]> {
  const sums = spans.map(() => new Map<string, Minor>());
  const { rows } = await sql<{ slot: number; campaign_id: string; minor: Minor }>`
    select asked.slot::int, spent.campaign_id, spent.minor
      from unnest(
             ${spans.map(({ from_day }) => from_day ?? '-infinity')}::date[],
             ${spans.map(({ to_day }) => to_day ?? 'infinity')}::date[]
           ) with ordinality as asked (from_day, to_day, slot)
      cross join lateral (
        select campaign_id, sum(amount_minor)::bigint as minor
          from campaign_spend
         where day >= asked.from_day and day < asked.to_day and currency = ${currency}
           and ${campaign_ids === undefined ? sql`true` : sql`campaign_id = any(${campaign_ids}::uuid[])`}
         group by campaign_id
      ) spent`.execute(db);
  for (const { slot, campaign_id, minor } of rows) sums[slot - 1]!.set(campaign_id, minor);
  return sums;
}

/** A query for the currencies other than this one that there is spend in: a jump along the index from each to the next. */
export function otherCurrenciesSpent({
  currency,
  campaign_ids,
  from_day,
  to_day,
}: SpendSpan): RawBuilder<unknown> {
  return sql`
    with recursive known as (
      (select currency from campaign_spend order by currency limit 1)
      union all
      (select next.currency
         from known, lateral (
           select currency from campaign_spend where currency > known.currency order by currency limit 1) next)
    )
    select known.currency
      from known
     where known.currency <> ${currency}
       and exists (
         select from campaign_spend spent
          where spent.currency = known.currency and day >= ${from_day ?? '-infinity'} and day < ${to_day ?? 'infinity'}
            and ${campaign_ids === undefined ? sql`true` : sql`campaign_id = any(${campaign_ids}::uuid[])`})`;
}

function within(db: Database, { campaign_ids, from_day, to_day }: SpendSpan) {
  let query = db.selectFrom('campaign_spend');
  if (campaign_ids !== undefined) {
    query = query.where('campaign_id', '=', sql<string>`any(${campaign_ids}::uuid[])`);
  }
  if (from_day !== null) query = query.where('day', '>=', from_day);
  if (to_day !== null) query = query.where('day', '<', to_day);
  return query;
}
