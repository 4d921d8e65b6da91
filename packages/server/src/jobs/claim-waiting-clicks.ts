import { type JobPayloads, pastPriority } from '../database/index.ts';
import { claimClicks } from '../touches/index.ts';
import type { JobContext } from './job-context.ts';

/** The job that follows a new tracking code: the clicks that came with it before are the campaign's. */
export async function claimWaitingClicks(
  { tracking_code, visit_window_days }: JobPayloads['claim-clicks'],
  { db }: JobContext,
): Promise<void> {
  await claimClicks(db, tracking_code, { window_days: visit_window_days, priority: pastPriority });
}
