import { type Database, enqueueSettlement, inTransaction } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { type FieldFault, notFound, TouchstoneError } from '../vocabulary/errors.ts';
import { differences } from './audit-order.ts';
import { checkRefund } from './check-refund.ts';
import { lockOrders } from './lock-orders.ts';
import { normaliseRefund } from './normalise-refund.ts';
import type { RefundInput } from './order-input.ts';
import { type OrderFacts, type RecordedRefund, readOrderFacts } from './read-order-facts.ts';
import { recountRefunds } from './refund-totals.ts';
import { showRefund } from './show-refund.ts';

/**
 * Records a refund by its order and external id: a new one is created, a changed one replaces the held one and is
 * audited, the same again changes nothing. The order is settled again by a job of the same transaction.
 *
 * @throws not_found for the order; invalid when the refund does not add up, or is above what is left of the order
 */
export async function recordRefund(
  db: Database,
  orderId: string,
  input: RefundInput,
  { clock, actor }: { clock: Clock; actor: string },
): Promise<'created' | 'updated' | 'unchanged'> {
  return await inTransaction(db, async (tx) => {
    await lockOrders(tx, [orderId]);
    // Read behind the lock: another refund of the order may just have been recorded.
    const [facts] = await readOrderFacts(tx, [orderId]);
    if (facts === undefined) throw notFound('order', orderId);
    const { refund: sent, faults } = normaliseRefund(input, facts.order.currency);
    refuse(faults);

    const held = facts.refunds.find(({ external_id }) => external_id === sent.external_id);
    if (held?.payload_hash.equals(sent.payload_hash)) return 'unchanged';
    const now = clock.now();
    const refund = { ...sent, refunded_at: sent.refunded_at ?? held?.refunded_at ?? now };
    const others = { ...facts, refunds: facts.refunds.filter((each) => each !== held) };
    refuse(checkRefund(others, refund));

    await writeRefund(tx, facts, refund, now);
    await recountRefunds(tx, [orderId]);
    if (held !== undefined) {
      const after = { ...others, refunds: [...others.refunds, refund] };
      await auditChange(
        tx,
        { before: showRefund(facts, held), after: showRefund(after, refund) },
        actor,
        now,
      );
    }
    await enqueueSettlement(tx, [orderId], 'The order was refunded.');
    return held === undefined ? 'created' : 'updated';
  });
}

function refuse(faults: FieldFault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const message =
    faults.length === 1 ? `${first.path} ${first.message}.` : `${faults.length} faults, see fields.`;
  throw new TouchstoneError('invalid', `The refund is not valid: ${message}`, faults);
}

async function writeRefund(
  tx: Database,
  { order }: OrderFacts,
  refund: RecordedRefund,
  now: Date,
): Promise<void> {
  const { lines, ...row } = refund;
  const key = { order_id: order.id, external_id: refund.external_id };
  await tx
    .insertInto('refunds')
    .values({ ...key, ...row, created_at: now })
    .onConflict((conflict) => conflict.columns(['order_id', 'external_id']).doUpdateSet(row))
    .execute();
  await tx
    .deleteFrom('refund_lines')
    .where('order_id', '=', order.id)
    .where('refund_external_id', '=', refund.external_id)
    .execute();
  if (lines.length > 0) {
    const lineKey = { order_id: order.id, refund_external_id: refund.external_id };
    await tx
      .insertInto('refund_lines')
      .values(lines.map((line, position) => ({ ...lineKey, position, ...line })))
      .execute();
  }
  await tx
    .updateTable('orders')
    .set({ revision: order.revision + 1, changed_at: now })
    .where('id', '=', order.id)
    .execute();
}

async function auditChange(
  tx: Database,
  { before, after }: { before: ReturnType<typeof showRefund>; after: ReturnType<typeof showRefund> },
  actor: string,
  now: Date,
): Promise<void> {
  await writeAudit(tx, {
    actor,
    action: 'refund.update',
    subject_kind: 'order',
    subject_id: before.order_id,
    ...(differences(before, after) ?? { before: {}, after: {} }),
    at: now,
  });
}
