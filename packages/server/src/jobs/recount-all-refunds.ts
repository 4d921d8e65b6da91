import type { JobPayloads } from '../database/index.ts';
import { rebuildRefundTotals } from '../orders/index.ts';
import type { JobContext } from './job-context.ts';

/** The job that works out what was given back of all refunded orders, from their refunds. */
export async function recountAllRefunds(
  _: JobPayloads['rebuild-refund-totals'],
  { db }: JobContext,
): Promise<void> {
  await rebuildRefundTotals(db);
}
