import type { Database } from '../database/index.ts';
import { productInput, recordProducts, resolveProducts } from '../products/index.ts';
import type { FieldFault } from '../vocabulary/errors.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import type { NormalOrder } from './normalise-order.ts';
import type { RecordOrdersContext } from './record-orders.ts';

/** The product ids of an order's lines, in their order; or what is wrong with how they are named. */
export type LineProducts = { productIds: string[]; faults: FieldFault[] };

/**
 * Finds the products of these orders' lines: by our id, or by the external id in the order's source, else in `default`.
 * A few statements whatever the number of orders.
 *
 * @returns an entry per order, by its id
 */
export async function findLineProducts(
  db: Database,
  orders: NormalOrder[],
  context: RecordOrdersContext,
): Promise<Map<string, LineProducts>> {
  const byId = await idsThatExist(db, orders);
  const byName = new Map<string, string>();
  for (const [source, ofSource] of groupBy(orders, (order) => order.source)) {
    const external_ids = [...new Set(ofSource.flatMap(externalIdsOf))];
    const found = await resolveProducts(db, { external_ids, source });
    const missing: string[] = [];
    for (const { ref, product } of found) {
      if (product?.source === source || product?.source === 'default')
        byName.set(nameOf(source, ref), product.id);
      else missing.push(ref);
    }
    if (context.createMissingProducts && missing.length > 0) {
      const inputs = missing.map((external_id) => productInput.parse({ source, external_id }));
      const created = await recordProducts(db, inputs, context);
      for (const outcome of created) {
        if (outcome.outcome !== 'rejected') byName.set(nameOf(source, outcome.external_id), outcome.id);
      }
    }
  }
  return new Map(orders.map((order) => [order.id, resolveLines(order, byId, byName)]));
}

function resolveLines(order: NormalOrder, byId: Set<string>, byName: Map<string, string>): LineProducts {
  const productIds: string[] = [];
  const faults: FieldFault[] = [];
  order.lines.forEach(({ product }, place) => {
    const id = 'id' in product ? product.id : byName.get(nameOf(order.source, product.external_id));
    if (id !== undefined && ('external_id' in product || byId.has(id))) productIds.push(id);
    else if ('id' in product) {
      const message = `${product.id} is not the id of a product; record it first with POST /products`;
      faults.push({ path: `lines.${place}.product_id`, message });
    } else {
      const where = order.source === 'default' ? 'default' : `${order.source} or default`;
      const message = `${product.external_id} is not a product of ${where}; record it first with POST /products`;
      faults.push({ path: `lines.${place}.product.external_id`, message });
    }
  });
  return { productIds, faults };
}

async function idsThatExist(db: Database, orders: NormalOrder[]): Promise<Set<string>> {
  const asked = orders.flatMap(({ lines }) =>
    lines.flatMap(({ product }) => ('id' in product ? [product.id] : [])),
  );
  const found = await resolveProducts(db, { product_ids: [...new Set(asked)] });
  return new Set(found.flatMap(({ product }) => (product === undefined ? [] : [product.id])));
}

function externalIdsOf({ lines }: NormalOrder): string[] {
  return lines.flatMap(({ product }) => ('external_id' in product ? [product.external_id] : []));
}

// No id holds a NUL, so no two pairs make one key.
function nameOf(source: string, externalId: string): string {
  return `${source}\0${externalId}`;
}
