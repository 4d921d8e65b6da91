import type { JobPayloads } from '../database/index.ts';
import { rebuildCustomers } from '../rollups/index.ts';
import type { JobContext } from './job-context.ts';

/** The job that places the orders of all customers, from the ledger and their settlements. */
export async function rebuildAllCustomers(
  _: JobPayloads['rebuild-customers'],
  { db }: JobContext,
): Promise<void> {
  await rebuildCustomers(db);
}
