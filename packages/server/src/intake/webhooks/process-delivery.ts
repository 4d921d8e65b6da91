import { type Database, enqueue, inTransaction } from '../../database/index.ts';
import { conflict, notFound } from '../../vocabulary/errors.ts';
import { eraseFromDelivery } from '../arrivals-of-person.ts';
import { providers } from './providers.ts';
import type { ProcessContext } from './webhook.ts';

/**
 * Works on a delivery that was stored. What it records is safe to repeat, so that a worker that dies in between is
 * followed by another; faulty events are kept with the delivery and hold up none.
 *
 * @param isLast whether there is no attempt after this one: its failure is kept where people look
 */
export async function processDelivery(
  db: Database,
  id: string,
  context: ProcessContext,
  { isLast }: { isLast: boolean },
): Promise<void> {
  const delivery = await db
    .selectFrom('webhook_deliveries')
    .select(['provider', 'body', 'attempts', 'status'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (delivery === undefined || delivery.status === 'processed') return;
  const attempts = delivery.attempts + 1;
  try {
    const { faults, ...counts } = await providers.get(delivery.provider)!.process(db, delivery.body, context);
    await inTransaction(db, async (tx) => {
      await tx
        .updateTable('webhook_deliveries')
        .set({ ...counts, faults: JSON.stringify(faults), attempts, status: 'processed', error: null })
        .set({ processed_at: context.clock.now() })
        .where('id', '=', id)
        .execute();
      await eraseFromDelivery(tx, id, delivery.body);
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const status = isLast ? 'failed' : 'waiting';
    await db
      .updateTable('webhook_deliveries')
      .set({ attempts, status, error: message })
      .where('id', '=', id)
      .execute();
    throw error;
  }
}

/**
 * Has a delivery worked on once more: one that failed, or whose faulty events may be taken now.
 *
 * @throws not_found
 * @throws conflict while it waits for its turn
 */
export async function retryDelivery(db: Database, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const delivery = await tx
      .selectFrom('webhook_deliveries')
      .select('status')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (delivery === undefined) throw notFound('webhook delivery', id);
    if (delivery.status === 'waiting') throw conflict('This delivery waits for its turn already.');
    await tx.updateTable('webhook_deliveries').set({ status: 'waiting' }).where('id', '=', id).execute();
    await enqueue(tx, 'process-webhook', { delivery_id: id });
  });
}
