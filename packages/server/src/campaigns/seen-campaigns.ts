import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { notFound } from '../vocabulary/errors.ts';
import type { Scope } from '../vocabulary/permission.ts';

/**
 * The ids of the campaigns that somebody sees, as a subquery: those of their owners and all below them. It stands in
 * the queries themselves, so that what is not seen is not read.
 */
export function seenCampaignIds(scope: Scope): RawBuilder<unknown> {
  switch (scope.kind) {
    case 'all':
      return sql`(select id from campaigns where channel is null)`;
    case 'retailer':
      return sql`(select id from campaigns where false)`;
    case 'owner':
      return sql`(
        with recursive seen as (
          select id from campaigns where owner = any(${scope.owners}::text[])
          union
          select below.id from campaigns below join seen on below.parent_campaign_id = seen.id
        )
        select id from seen)`;
  }
}

/**
 * The database with the table of campaigns as somebody sees it: without the campaigns that are not theirs, and with no
 * parent where that is not theirs. Built-in channels are nobody's campaigns: reports count their credit as unattributed.
 */
export function seenCampaigns(db: Database, scope: Scope): Pick<Database, 'selectFrom'> {
  if (scope.kind === 'all') {
    return db.with('campaigns', (eb) => eb.selectFrom('campaigns').selectAll().where('channel', 'is', null));
  }
  const ids = seenCampaignIds(scope);
  // A row with one column put differently, whatever its columns are.
  const parent = sql`jsonb_build_object('parent_campaign_id',
    case when campaigns.parent_campaign_id in (select id from theirs) then campaigns.parent_campaign_id end)`;
  const seen = sql`(
    with theirs as materialized ${ids}
    select seen.*
      from campaigns, lateral jsonb_populate_record(campaigns, ${parent}) as seen
     where campaigns.id in (select id from theirs))`;
  return db.with('campaigns', () => seen as RawBuilder<Record<string, unknown>>) as unknown as Database;
}

/** @throws not_found for a campaign that is not there, or not theirs */
export async function refuseUnseen(db: Database, scope: Scope, campaignId: string): Promise<void> {
  const seen = await seenCampaigns(db, scope)
    .selectFrom('campaigns')
    .select('id')
    .where('id', '=', campaignId)
    .executeTakeFirst();
  if (seen === undefined) throw notFound('campaign', campaignId);
}
