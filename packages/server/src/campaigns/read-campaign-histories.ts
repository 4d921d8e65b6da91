import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import type { CampaignRow, History } from './campaign.ts';
import { readRunningPeriods, readTargets } from './read-periods.ts';

/** When a campaign ran and what it targeted, with what is needed to say why it did not match. */
export type CampaignHistory = History & { campaign_id: string } & Pick<
    CampaignRow,
    'name' | 'platform' | 'status' | 'starts_at' | 'ends_at' | 'ended_at' | 'created_at'
  >;

/**
 * The histories of these campaigns, or of every campaign that ever targeted one of these products (then with its
 * targets of these products only), in three statements whatever their number. Campaigns come in the order they were
 * created, then by id; periods in order of time.
 */
export async function readCampaignHistories(
  db: Database,
  of: { campaign_ids: string[] } | { product_ids: string[] },
): Promise<CampaignHistory[]> {
  const targets = await readTargets(db, of);
  const ids = 'campaign_ids' in of ? of.campaign_ids : targets.map(({ campaign_id }) => campaign_id);
  if (ids.length === 0) return [];
  const campaigns = await db
    .selectFrom('campaigns')
    .select([
      'id as campaign_id',
      'name',
      'platform',
      'status',
      'starts_at',
      'ends_at',
      'ended_at',
      'created_at',
    ])
    .where('id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const periods = await readRunningPeriods(
    db,
    campaigns.map(({ campaign_id }) => campaign_id),
  );
  const targetsOf = groupBy(targets, ({ campaign_id }) => campaign_id);
  const periodsOf = groupBy(periods, ({ campaign_id }) => campaign_id);
  return campaigns.map((campaign) => ({
    ...campaign,
    running_periods: (periodsOf.get(campaign.campaign_id) ?? []).map(({ period }) => period),
    targets: (targetsOf.get(campaign.campaign_id) ?? []).map(({ id, product_id, period }) => ({
      id,
      product_id,
      period,
    })),
  }));
}
