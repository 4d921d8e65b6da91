import type { JobPayloads } from '../database/index.ts';
import { claimEvents } from '../touches/index.ts';
import type { JobContext } from './job-context.ts';

/** The job that follows sends and events that may belong together. */
export async function claimEmailEvents(
  { message_ids }: JobPayloads['claim-email-events'],
  { db }: JobContext,
): Promise<void> {
  await claimEvents(db, message_ids);
}
