import { type RawBuilder, sql } from 'kysely';
import type { ReportQuestion } from '../ask/resolve-question.ts';

/**
 * What these campaigns together hold of each order line, read from the ledger for breakdowns that the rollups don't
 * have: rows `weight, order_id, line_no, product_id, sale_time, quantity_e4, revenue_minor, profit_minor, known_revenue_minor, is_held`,
 * the last saying whether it counts as an order line with credit.
 *
 * By sale date, it is what stands of the lines sold in the range (weight 1). As booked, it is what stood at the end
 * of the range (weight 1) and at its start (weight −1) of the orders that something was posted for in between: their
 * weighted sums are what was booked, for counts of orders and lines too.
 * FULL credit repeats the line for every campaign, so together they hold it once.
 *
 * @param among of these only; of all when absent
 */
export function lineCredits(
  question: ReportQuestion,
  campaignIds: string[],
  among: Among = {},
): RawBuilder<unknown> {
  const entries = weighedEntries(question, campaignIds, among);
  return sql`
    select weight, order_id, line_no, product_id, sale_time,
           sum(quantity_e4) as quantity_e4, sum(revenue_minor) as revenue_minor, sum(profit_minor) as profit_minor,
           sum(revenue_minor) filter (where profit_minor is not null) as known_revenue_minor,
           sum(quantity_e4) <> 0 or sum(revenue_minor) <> 0 as is_held
      from (${repeats(question, campaignIds) ? heldOnce(entries) : entries}) held
     group by weight, order_id, line_no, product_id, sale_time`;
}

/** Which orders are looked at: those with these ids, or sold in the quarter hours of a table `quarter (starts)`. */
export type Among = { orderIds?: string[]; quarters?: RawBuilder<unknown> };

/** Rows that add up to what these campaigns hold of each order, where its lines are not asked for: fewer sums. */
export function orderCredits(
  question: ReportQuestion,
  campaignIds: string[],
  among: Among = {},
): RawBuilder<unknown> {
  return repeats(question, campaignIds)
    ? lineCredits(question, campaignIds, among)
    : weighedEntries(question, campaignIds, among);
}

function repeats({ model }: ReportQuestion, campaignIds: string[]): boolean {
  return !model.conserving && campaignIds.length > 1;
}

function weighedEntries(
  question: ReportQuestion,
  campaignIds: string[],
  { orderIds, quarters }: Among,
): RawBuilder<unknown> {
  const { basis, span } = question;
  const those = orderIds === undefined ? sql`true` : sql`order_id = any(${orderIds}::uuid[])`;
  const entries = (weight: 1 | -1, within: RawBuilder<unknown>, among = oneOf(campaignIds)) => sql`
    select ${weight}::int as weight, order_id, line_no, product_id, campaign_id, sale_time, quantity_e4, revenue_minor,
           profit_minor
      from credit_entries
     where ${those} and ${ours(question, among)} and ${within}`;
  if (basis === 'sale') {
    const sold = within('sale_time', span);
    if (quarters === undefined) return entries(1, sold);
    const soldThen = sql`${sold} and sale_time >= quarter.starts and sale_time < quarter.starts + interval '15 minutes'`;
    // Kept apart by `offset 0`: joined, all entries of the range would be read and compared with each quarter hour.
    return sql`
      select entry.*
        from ${quarters}
        join (${heldDays(question, campaignIds)} offset 0) held on held.day = date_trunc('day', quarter.starts, 'UTC')
       cross join lateral (${entries(1, soldThen, sql`= held.campaign_id`)} offset 0) entry`;
  }
  const touched = sql`order_id in (
    select order_id from credit_entries where ${ours(question, booked(span, campaignIds))} and ${within('posted_at', span)})`;
  const atEnd = entries(1, sql`${touched} and ${within('posted_at', { from: null, to: span.to })}`);
  if (span.from === null) return atEnd;
  return sql`${atEnd} union all ${entries(-1, sql`${touched} and posted_at < ${span.from}`)}`;
}

/** The days on which each campaign has any credit: most run for a part of the year, and are looked up only then. */
function heldDays({ model, currency }: ReportQuestion, campaignIds: string[]): RawBuilder<unknown> {
  return sql`
    select subject::uuid as campaign_id, bucket as day
      from credit_rollups
     where model_version_id = ${model.id} and basis = 'sale' and grain = 'day' and subject_kind = 'campaign'
       and currency = ${currency} and subject = any(${campaignIds}::text[])`;
}

/** FULL credit of several campaigns, each line taken from one of them. */
function heldOnce(entries: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select weight, order_id, line_no, product_id, sale_time,
           max(quantity_e4) as quantity_e4, max(revenue_minor) as revenue_minor, max(profit_minor) as profit_minor
      from (
        select weight, order_id, line_no, product_id, campaign_id, sale_time,
               sum(quantity_e4) as quantity_e4, sum(revenue_minor) as revenue_minor, sum(profit_minor) as profit_minor
          from (${entries}) entry
         group by weight, order_id, line_no, product_id, campaign_id, sale_time, profit_minor is null
      ) per_campaign
     where quantity_e4 <> 0 or revenue_minor <> 0 or profit_minor <> 0
     group by weight, order_id, line_no, product_id, sale_time, profit_minor is null`;
}

function ours({ model, currency }: ReportQuestion, among: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`model_version_id = ${model.id} and campaign_id ${among} and currency = ${currency}`;
}

/**
 * What was booked within a day is found by its time, and by `is true` by nothing else: the planner would read all entries
 * of the campaigns as well, to see which are among both.
 */
function booked({ from, to }: ReportQuestion['span'], campaignIds: string[]): RawBuilder<unknown> {
  const isShort = from !== null && to !== null && to.getTime() - from.getTime() <= 86_400_000;
  return isShort ? sql`= any(${campaignIds}::uuid[]) is true` : oneOf(campaignIds);
}

function oneOf(campaignIds: string[]): RawBuilder<unknown> {
  return sql`= any(${campaignIds}::uuid[])`;
}

export function within(
  column: 'sale_time' | 'posted_at',
  { from, to }: ReportQuestion['span'],
): RawBuilder<unknown> {
  return sql`${from === null ? sql`true` : sql`${sql.ref(column)} >= ${from}`}
    and ${to === null ? sql`true` : sql`${sql.ref(column)} < ${to}`}`;
}
