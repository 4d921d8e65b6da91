import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Period } from '../vocabulary/period.ts';

/** Running periods of these campaigns, each campaign's in order of time. */
export async function readRunningPeriods(
  db: Database,
  campaignIds: string[],
): Promise<{ campaign_id: string; period: Period }[]> {
  const rows = await db
    .selectFrom('campaign_running_periods')
    .select(['campaign_id', ...bounds])
    .where('campaign_id', '=', sql<string>`any(${campaignIds}::uuid[])`)
    .orderBy('campaign_id')
    .orderBy('period')
    .execute();
  return rows.map(({ campaign_id, from, to }) => ({ campaign_id, period: { from, to } }));
}

/** Targets of these campaigns, or whoever's of these products, past and future ones included, in order of time. */
export async function readTargets(
  db: Database,
  of: { campaign_ids: string[] } | { product_ids: string[] },
): Promise<{ id: string; campaign_id: string; product_id: string; period: Period }[]> {
  const [column, ids] =
    'campaign_ids' in of
      ? (['campaign_id', of.campaign_ids] as const)
      : (['product_id', of.product_ids] as const);
  const rows = await db
    .selectFrom('campaign_targets')
    .select(['id', 'campaign_id', 'product_id', ...bounds])
    .where(column, '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('campaign_id')
    .orderBy('period')
    .orderBy('id')
    .execute();
  return rows.map(({ id, campaign_id, product_id, from, to }) => ({
    id,
    campaign_id,
    product_id,
    period: { from, to },
  }));
}

const bounds = [sql<Date>`lower(period)`.as('from'), sql<Date | null>`upper(period)`.as('to')] as const;
