import type { Database } from '../../database/index.ts';
import { notFound } from '../../vocabulary/errors.ts';
import { previewOrders, settleOrders } from '../settle-orders.ts';

/**
 * Settles one order again, at once. Answers the entries that were posted, or with `dry_run` would be: none, when the
 * ledger already says what the facts say.
 *
 * @throws not_found
 */
export async function recomputeOrder(
  db: Database,
  orderId: string,
  { now, dry_run }: { now: Date; dry_run: boolean },
): Promise<{ entries: number }> {
  const cause = 'recomputed by hand';
  const [settlement] = dry_run
    ? await previewOrders(db, [orderId], { cause })
    : await settleOrders(db, [orderId], { now, cause });
  if (settlement === undefined) throw notFound('order', orderId);
  return { entries: settlement.differences.length };
}
