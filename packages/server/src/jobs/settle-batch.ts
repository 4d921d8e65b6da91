import {
  enqueueSettlement,
  inRepeatableTransaction,
  inTransaction,
  type JobPayloads,
  pastPriority,
} from '../database/index.ts';
import { inPastTurn } from './in-past-turn.ts';
import type { Attempt, JobContext } from './job-context.ts';
import { recordFailure } from './record-settlements.ts';
import { settleOrders } from './settle-orders.ts';

/**
 * The job that settles a batch of orders. A batch that fails is split and tried in halves, so that one poison order
 * ends up failing alone; its failure is thrown for a retry and, after the last one, kept with the order.
 */
export async function settleBatch(
  { order_ids, cause }: JobPayloads['settle-orders'],
  { db, clock, log }: JobContext,
  attempt: Attempt,
): Promise<void> {
  const settle = () =>
    inRepeatableTransaction(db, (tx) => settleOrders(tx, order_ids, { now: clock.now(), cause }));
  try {
    await (attempt.priority < pastPriority ? settle() : inPastTurn(settle));
  } catch (error) {
    if (order_ids.length > 1) {
      log.warn(
        { orders: order_ids.length, error: messageOf(error) },
        'a batch failed to settle; trying its halves',
      );
      const middle = Math.ceil(order_ids.length / 2);
      await inTransaction(db, async (tx) => {
        await enqueueSettlement(tx, order_ids.slice(0, middle), cause, attempt);
        await enqueueSettlement(tx, order_ids.slice(middle), cause, attempt);
      });
      return;
    }
    if (attempt.last) await recordFailure(db, order_ids[0]!, messageOf(error), clock.now());
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
