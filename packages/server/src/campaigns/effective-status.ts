import { type RawBuilder, sql } from 'kysely';
import type { CampaignRow, Status } from './campaign.ts';

/**
 * What a campaign's status reads as: one that was running or paused has ended once its `ends_at` has passed, whether
 * or not anybody noticed. Its periods were closed there from the beginning.
 */
export function effectiveStatus(campaign: Pick<CampaignRow, 'status' | 'ends_at'>, now: Date): Status {
  const canEndByItself = campaign.status === 'running' || campaign.status === 'paused';
  const hasPassed = campaign.ends_at !== null && campaign.ends_at <= now;
  return canEndByItself && hasPassed ? 'ended' : campaign.status;
}

/** The same for lists and reports, of a table (or its alias) with the columns of `campaigns`. */
export function effectiveStatusSql(now: Date, campaigns = 'campaigns'): RawBuilder<Status> {
  const status = sql.ref<Status>(`${campaigns}.status`);
  const endsAt = sql.ref<Date | null>(`${campaigns}.ends_at`);
  return sql<Status>`case when ${status} in ('running', 'paused') and ${endsAt} <= ${now} then 'ended' else ${status} end`;
}
