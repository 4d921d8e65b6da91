import { type Database, enqueueSettlement, inTransaction } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { notFound } from '../vocabulary/errors.ts';
import { isOlder } from './decide-order.ts';
import { lockOrders } from './lock-orders.ts';
import type { StatusInput } from './order-input.ts';

/**
 * Sets the status of an order by itself; whether it carries credit follows by settlement. Any status may follow any.
 * The version held is still the source's: a repeated delivery of it does not take the status back, a newer one does.
 *
 * @throws not_found
 */
export async function setOrderStatus(
  db: Database,
  id: string,
  { status, updated_at }: StatusInput,
  { clock, actor }: { clock: Clock; actor: string },
): Promise<'updated' | 'unchanged' | 'ignored_older'> {
  return await inTransaction(db, async (tx) => {
    const order = (await lockOrders(tx, [id])).get(id)?.order;
    if (order === undefined) throw notFound('order', id);
    if (isOlder(updated_at ?? null, order.updated_at)) return 'ignored_older';

    const version = updated_at ?? order.updated_at;
    if (status === order.status) {
      await tx.updateTable('orders').set({ updated_at: version }).where('id', '=', id).execute();
      return 'unchanged';
    }
    const now = clock.now();
    await tx
      .updateTable('orders')
      .set({ status, updated_at: version, revision: order.revision + 1, changed_at: now })
      .where('id', '=', id)
      .execute();
    await writeAudit(tx, {
      actor,
      action: 'order.update',
      subject_kind: 'order',
      subject_id: id,
      before: { status: order.status },
      after: { status },
      at: now,
    });
    await enqueueSettlement(tx, [id], `The status of the order became ${status}.`);
    return 'updated';
  });
}
