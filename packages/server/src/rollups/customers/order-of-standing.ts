import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Standing } from '../change-rollups.ts';
import { acquiringCampaign, type CampaignAges } from './acquiring-campaign.ts';
import type { CustomerOrder } from './customer-order.ts';

/** An order of a person, by what stands of it under a version. Which is the person's first is left to be said. */
export function orderOf(
  { model_version_id, sale_time, currency, creditable, credits }: Standing,
  { order_id, person_id }: { order_id: string; person_id: string },
  ages: CampaignAges,
): CustomerOrder {
  return {
    person_id,
    model_version_id,
    order_id,
    sale_time,
    currency,
    revenue_minor: creditable.reduce((sum, line) => sum + line.revenue_minor, 0n),
    campaign_id: acquiringCampaign(credits, ages),
    is_first: false,
    is_acquiring: false,
  };
}

/** The campaigns that hold credit of these. Built-in channels are left out: what they hold counts as nobody's. */
export async function readAges(db: Database, standings: Standing[]): Promise<CampaignAges> {
  const ids = new Set(standings.flatMap(({ credits }) => credits.map(({ campaign_id }) => campaign_id)));
  if (ids.size === 0) return new Map();
  const { rows } = await sql<{ id: string; created_at: Date }>`
    select id, created_at from campaigns where channel is null and id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, created_at }) => [id, created_at]));
}
