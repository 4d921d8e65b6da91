import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../vocabulary/cursor.ts';
import { TouchstoneError } from '../vocabulary/errors.ts';
import { pageFields, textField, timestampField } from '../vocabulary/fields.ts';
import { orderStatuses } from './order-input.ts';
import { type ReadingContext, readOrders } from './read-orders.ts';
import { isSeenOrder } from './seen-orders.ts';
import type { OrderData } from './show-order.ts';

export const ordersQuery = z.object({
  ...pageFields,
  status: z.enum(orderStatuses).optional(),
  source: z.string().optional(),
  customer_id: z.uuid().optional(),
  product_id: z.uuid().optional().meta({ description: 'Orders with a line of this product.' }),
  from: timestampField.optional().meta({ description: 'Ordered at this instant or later.' }),
  to: timestampField.optional().meta({ description: 'Ordered before this instant.' }),
  updated_since: timestampField
    .optional()
    .meta({ description: 'Recorded or changed here since this instant.' }),
  search: textField(200).optional().meta({ description: 'How an order number or external id begins.' }),
});

const listName = 'orders:ordered_at:desc';
const cursorKey = z.tuple([timestampField, z.uuid()]);

/**
 * Orders that who asks may see, the newest sale first, a page at a time.
 * @throws forbidden when who sees no customers asks for one's orders
 */
export async function listOrders(
  context: ReadingContext,
  query: z.output<typeof ordersQuery>,
): Promise<{ orders: OrderData[]; next_cursor: string | null }> {
  const { db, actor } = context;
  if (query.customer_id !== undefined && actor.scope.kind === 'owner') {
    throw new TouchstoneError('forbidden', 'Whose an order is, you do not see; leave customer_id out.');
  }
  let found = db.selectFrom('orders').select(['id', 'ordered_at']).where(isSeenOrder(actor.scope));
  if (query.status !== undefined) found = found.where('status', '=', query.status);
  if (query.source !== undefined) found = found.where('source', '=', query.source);
  if (query.customer_id !== undefined) found = found.where('customer_id', '=', query.customer_id);
  if (query.from !== undefined) found = found.where('ordered_at', '>=', query.from);
  if (query.to !== undefined) found = found.where('ordered_at', '<', query.to);
  if (query.updated_since !== undefined) found = found.where('changed_at', '>=', query.updated_since);
  const { product_id, search, cursor } = query;
  if (product_id !== undefined) {
    found = found.where((order) =>
      order.exists(
        order
          .selectFrom('order_lines')
          .select('line_no')
          .whereRef('order_lines.order_id', '=', 'orders.id')
          .where('product_id', '=', product_id),
      ),
    );
  }
  if (search !== undefined) {
    const beginning = `${search.replace(/[\\%_]/g, '\\$&')}%`;
    found = found.where((order) =>
      order.or([order('order_number', 'like', beginning), order('external_id', 'like', beginning)]),
    );
  }
  if (cursor !== undefined) {
    const [orderedAt, id] = decodeCursor(listName, cursorKey, cursor);
    found = found.where((order) =>
      order(order.refTuple('ordered_at', 'id'), '<', order.tuple(orderedAt, id)),
    );
  }
  const rows = await found
    .orderBy('ordered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();

  const page = rows.slice(0, query.limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    orders: await readOrders(
      context,
      page.map(({ id }) => id),
    ),
    next_cursor: last === undefined ? null : encodeCursor(listName, [last.ordered_at.toISOString(), last.id]),
  };
}
