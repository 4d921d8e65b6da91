import { type Database, inSnapshot } from '../database/index.ts';
import { readProductCosts, resolveProducts } from '../products/index.ts';
import { notFound } from '../vocabulary/errors.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import type { Settings } from '../vocabulary/settings.ts';
import { readOrderFacts } from './read-order-facts.ts';
import { readSettlements } from './read-settlement.ts';
import { orderSeenBy, seenLines, seenOrderIds } from './seen-orders.ts';
import { type OrderData, showOrder } from './show-order.ts';

/** What reading orders needs to know of the request. */
export type ReadingContext = Pick<RouteContext, 'db' | 'actor'> & {
  settings: Pick<Settings, 'attributionEnabled'>;
};

/**
 * Orders as who asks sees them, in the order asked for; ids that do not exist, or are not theirs to see, are left out.
 * All of an order is of one moment: a version that is recorded meanwhile shows whole or not at all.
 */
export async function readOrders(
  { db, actor, settings }: ReadingContext,
  askedIds: string[],
): Promise<OrderData[]> {
  return await inSnapshot(db, async (tx) => {
    const orderIds = await seenOrderIds(tx, askedIds, actor.scope);
    const facts = await readOrderFacts(tx, orderIds);
    const productIds = [...new Set(facts.flatMap(({ lines }) => lines.map(({ product_id }) => product_id)))];
    const products = new Map(
      (await resolveProducts(tx, { product_ids: productIds })).map(({ ref, product }) => {
        const { external_id, name } = product!;
        return [ref, { external_id, name }];
      }),
    );
    const costs = await readProductCosts(tx, productIds);
    const customers = await readCustomersOf(
      tx,
      facts.flatMap(({ order }) => order.customer_id ?? []),
    );
    const settlements = await readSettlements(tx, orderIds, settings.attributionEnabled);
    const lines = await seenLines(tx, orderIds, actor.scope);
    const shown = new Map(
      facts.map((each) => {
        const { id, customer_id } = each.order;
        const customer = customer_id === null ? null : (customers.get(customer_id) ?? null);
        const settlement = settlements.get(id)!;
        const whole = showOrder(each, { customer, products, costs, settlement });
        return [id, orderSeenBy(actor.scope, whole, lines)];
      }),
    );
    return orderIds.flatMap((id) => shown.get(id) ?? []);
  });
}

/** @throws not_found */
export async function readOrder(context: ReadingContext, id: string): Promise<OrderData> {
  const [order] = await readOrders(context, [id]);
  if (order === undefined) throw notFound('order', id);
  return order;
}

async function readCustomersOf(
  db: Database,
  ids: string[],
): Promise<Map<string, NonNullable<OrderData['customer']>>> {
  if (ids.length === 0) return new Map();
  const customers = await db
    .selectFrom('customers')
    .select(['id', 'external_id', 'email', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(customers.map((customer) => [customer.id, customer]));
}
