import {
  enqueueSettlement,
  inTransaction,
  type JobPayloads,
  pastPriority,
  settlementBatch,
} from '../database/index.ts';
import { findReachedOrders } from './find-reached-orders.ts';
import type { JobContext } from './job-context.ts';

/**
 * The job that follows a change of history: looks up, after the change has committed, which past orders it reaches,
 * and leaves them to be settled behind what happens now. All or none of them are left, so it can be repeated.
 */
export async function settleReached(
  { from, to, product_ids, cause }: JobPayloads['settle-reached'],
  { db }: JobContext,
): Promise<void> {
  const span = {
    from: from === null ? null : new Date(from),
    to: to === null ? null : new Date(to),
    product_ids,
  };
  await inTransaction(db, async (tx) => {
    for await (const orderIds of findReachedOrders(tx, span, 20 * settlementBatch)) {
      await enqueueSettlement(tx, orderIds, cause, { priority: pastPriority });
    }
  });
}
