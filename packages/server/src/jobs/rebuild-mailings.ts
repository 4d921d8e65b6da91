import type { JobPayloads } from '../database/index.ts';
import { rebuildSums } from '../touches/index.ts';
import type { JobContext } from './job-context.ts';

/** The job that counts the sums of all mailings anew, from their sends. */
export async function rebuildMailings(_: JobPayloads['rebuild-mailings'], { db }: JobContext): Promise<void> {
  await rebuildSums(db);
}
