import { type Database, enqueueSettlement, inTransaction, pastPriority } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import { recordIdentities, withdrawIdentities } from '../touches/index.ts';
import { type ItemOutcome, rejected, withoutRepeats } from '../vocabulary/batch.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { type DecidedOrder, decideOrder, identityOf, newRow, type SentOrder } from './decide-order.ts';
import { findLineProducts } from './find-line-products.ts';
import { lockOrders, readHashes } from './lock-orders.ts';
import { type NormalOrder, normaliseOrder } from './normalise-order.ts';
import type { OrderInput } from './order-input.ts';
import { upsertCustomers } from './record-customers.ts';
import { insertNewOrders, writeOrders } from './write-orders.ts';

export type RecordOrdersContext = {
  clock: Clock;
  /** As the audit log names it. */
  actor: string;
  /** The installation's currency, of products that are created on the way. */
  currency: string;
  /** The channel that reports: `api`, `import`, `shopify` … */
  receivedVia: string;
  /** For imports of orders without a catalogue: a product nobody knows is recorded by its external id. */
  createMissingProducts?: boolean;
};

// A transaction of a thousand orders takes about 300 ms: long enough to be fast, short enough to be waited for.
const chunkSize = 1000;

/**
 * The one verb by which orders enter, one or ten thousand, by whatever channel. Each is recorded whole by its source
 * and external id: a new one is created; a newer version replaces the held one and is audited; the same again changes
 * nothing; a version older than the held one (`updated_at`) is ignored and kept in the audit log; a faulty one is
 * rejected without holding up the others. What matters to credit is settled again by a job of the same transaction.
 *
 * Safe to send twice, out of order and at once: an order is its primary key, locked before it is compared.
 *
 * @returns an outcome per input, at its place; orders that share a transaction are recorded all or none
 */
export async function recordOrders(
  db: Database,
  inputs: OrderInput[],
  context: RecordOrdersContext,
): Promise<ItemOutcome[]> {
  const outcomes: ItemOutcome[] = [];
  const readable = inputs.flatMap((input, place) => {
    const { order, faults } = normaliseOrder(input);
    if (faults.length > 0) outcomes[place] = rejected(input.external_id, faults);
    return faults.length > 0 ? [] : [{ place, order }];
  });
  for (const round of withoutRepeats(readable, ({ order }) => order.id)) {
    for (let start = 0; start < round.length; start += chunkSize) {
      const chunk = round.slice(start, start + chunkSize);
      const recorded = await inTransaction(db, (tx) =>
        recordChunk(
          tx,
          chunk.map(({ order }) => order),
          context,
        ),
      );
      chunk.forEach(({ place }, index) => {
        outcomes[place] = recorded[index]!;
      });
    }
  }
  return outcomes;
}

async function recordChunk(
  tx: Database,
  orders: NormalOrder[],
  context: RecordOrdersContext,
): Promise<ItemOutcome[]> {
  const now = context.clock.now();
  // What was delivered before is most of what a repeated import or webhook sends: it is neither locked nor written.
  const held = await readHashes(tx, orders);
  const differing = orders.filter(({ id, payload_hash }) => !held.get(id)?.equals(payload_hash));
  const products = await findLineProducts(tx, differing, context);
  const sent: SentOrder[] = differing.flatMap((order) => {
    const { productIds, faults } = products.get(order.id)!;
    return faults.length > 0 ? [] : [{ ...order, productIds }];
  });
  const decided = await decide(tx, sent, { isHeld: (id) => held.has(id), now }, context);
  const changed = decided.filter(({ outcome }) => outcome === 'created' || outcome === 'updated');
  const changedIds = new Set(changed.map(({ id }) => id));

  await upsertCustomers(
    tx,
    sent.flatMap(({ id, customer }) => (customer !== null && changedIds.has(id) ? [customer] : [])),
    { actor: context.actor, now },
  );
  await writeOrders(tx, decided);
  const identities = sent.flatMap(({ id, customer, ...order }) =>
    changedIds.has(id) ? (identityOf({ ...order, customer_id: customer?.id ?? null }) ?? []) : [],
  );
  await withdrawIdentities(
    tx,
    decided.flatMap(({ identityBefore }) => identityBefore ?? []),
    { priority: pastPriority },
  );
  await recordIdentities(tx, identities, { priority: pastPriority, exceptOrders: [...changedIds] });
  await writeAudit(
    tx,
    decided.flatMap(({ audit }) => audit ?? []),
  );
  await enqueueSettlement(tx, [...changedIds], 'The order was recorded.');

  const outcomes = new Map(decided.map(({ id, outcome }) => [id, outcome]));
  return orders.map(({ id, external_id }) => {
    const faults = products.get(id)?.faults ?? [];
    return faults.length > 0
      ? rejected(external_id, faults)
      : { outcome: outcomes.get(id) ?? 'unchanged', id, external_id };
  });
}

async function decide(
  tx: Database,
  sent: SentOrder[],
  { isHeld, now }: { isHeld: (id: string) => boolean; now: Date },
  { actor, receivedVia }: RecordOrdersContext,
): Promise<DecidedOrder[]> {
  const unheld = sent.filter(({ id }) => !isHeld(id)).map((order) => newRow(order, receivedVia, now));
  const isNew = new Set(await insertNewOrders(tx, unheld));
  const held = await lockOrders(
    tx,
    sent.map(({ id }) => id).filter((id) => !isNew.has(id)),
  );
  return sent.map((order) => decideOrder(order, held.get(order.id), { actor, now }));
}
