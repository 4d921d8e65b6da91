import { type Database, enqueue, inTransaction } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import { type ItemOutcome, rejected, withoutRepeats } from '../vocabulary/batch.ts';
import type { Clock } from '../vocabulary/clock.ts';
import type { FieldFault } from '../vocabulary/errors.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { type DecidedProduct, decideProduct, faultOfOtherCosts } from './decide-product.ts';
import { type NormalProduct, normaliseProduct } from './normalise-product.ts';
import type { ProductInput } from './product-input.ts';
import { readProductCosts } from './read-product-costs.ts';
import { writeProducts } from './write-products.ts';

export type RecordProductsContext = {
  clock: Clock;
  /** As the audit log names it. */
  actor: string;
  /** Of costs that name none. */
  currency: string;
};

/**
 * Records products by (source, external_id), one or thousands: new ones are created, changed ones updated and
 * audited, the same again changes nothing. Past sales that a new cost reaches are settled again.
 *
 * @returns an outcome per input, at its place; a faulty one is rejected and does not hold up the others
 */
export async function recordProducts(
  db: Database,
  inputs: ProductInput[],
  context: RecordProductsContext,
): Promise<ItemOutcome[]> {
  const now = context.clock.now();
  const outcomes: ItemOutcome[] = [];
  const normal = inputs.flatMap((input, place) => {
    const { product, faults } = normaliseProduct(input, context.currency, now);
    if (faults.length > 0) outcomes[place] = rejected(input.external_id, faults);
    return faults.length > 0 ? [] : [{ place, product }];
  });

  await inTransaction(db, async (tx) => {
    for (const round of withoutRepeats(normal, ({ product }) => product.id)) {
      const decided = await recordRound(
        tx,
        round.map(({ product }) => product),
        context,
        now,
      );
      for (const { place, product } of round) {
        const { id, external_id } = product;
        const answer = decided.get(id)!;
        outcomes[place] =
          'path' in answer ? rejected(external_id, [answer]) : { outcome: answer.outcome, id, external_id };
      }
    }
  });
  return outcomes;
}

async function recordRound(
  tx: Database,
  products: NormalProduct[],
  { actor }: RecordProductsContext,
  now: Date,
): Promise<Map<string, DecidedProduct | FieldFault>> {
  // In the order of their ids, here and wherever products are locked: two batches that meet wait, and never for each other.
  const sorted = products.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const ids = sorted.map(({ id }) => id);
  const created = await tx
    .insertInto('products')
    .values(
      sorted.map(({ id, source, external_id }) => ({
        id,
        source,
        external_id,
        created_at: now,
        updated_at: now,
      })),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  const isNew = new Set(created.map(({ id }) => id));
  const held = await tx
    .selectFrom('products')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const heldById = new Map(held.map((row) => [row.id, row]));
  const costs = await readProductCosts(tx, ids);

  const faults = new Map(
    sorted.flatMap((product) => {
      const fault = faultOfOtherCosts(product, costs.get(product.id)!);
      return fault === undefined ? [] : [[product.id, fault] as const];
    }),
  );
  const decided = sorted
    .filter(({ id }) => !faults.has(id))
    .map((product) =>
      decideProduct(product, heldById.get(product.id)!, costs.get(product.id)!, isNew.has(product.id), now),
    );
  await writeProducts(tx, decided, now);
  await writeAudit(
    tx,
    decided
      .filter(({ outcome }) => outcome !== 'unchanged')
      .map(({ id, outcome, before, after, reason }) => ({
        actor,
        action: outcome === 'created' ? 'product.create' : 'product.update',
        subject_kind: 'product',
        subject_id: id,
        before: outcome === 'created' ? null : before,
        after,
        reason,
        at: now,
      })),
  );
  await settleReached(tx, decided);
  return new Map<string, DecidedProduct | FieldFault>([
    ...faults,
    ...decided.map((each) => [each.id, each] as const),
  ]);
}

// One job for all products whose cost changed since the same instant; nothing can have sold a product made just now.
async function settleReached(tx: Database, decided: DecidedProduct[]): Promise<void> {
  const reaching = decided.filter(({ outcome, reaches }) => outcome === 'updated' && reaches !== undefined);
  const bySpan = groupBy(reaching, ({ reaches }) => reaches!.from?.toISOString() ?? null);
  for (const [from, products] of bySpan) {
    const product_ids = products.map(({ id }) => id);
    await enqueue(tx, 'settle-reached', {
      from,
      to: null,
      product_ids,
      cause: 'The cost of a product changed.',
    });
  }
}
