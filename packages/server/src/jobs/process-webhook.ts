import type { JobPayloads } from '../database/index.ts';
import { processDelivery } from '../intake/index.ts';
import type { Attempt, JobContext } from './job-context.ts';

/** The job that follows a delivery of a provider; run only where the configuration is given. */
export async function processWebhook(
  { delivery_id }: JobPayloads['process-webhook'],
  { db, clock, settings }: JobContext,
  { last }: Attempt,
): Promise<void> {
  await processDelivery(db, delivery_id, { clock, settings: settings! }, { isLast: last });
}
