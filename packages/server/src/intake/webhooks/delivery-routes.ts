import { z } from 'zod';
import { type Route, route } from '../../vocabulary/route.ts';
import { retryDelivery } from './process-delivery.ts';
import {
  deliveriesQuery,
  deliveryData,
  deliveryWithBodyData,
  listDeliveries,
  readDelivery,
} from './read-deliveries.ts';

const tag = 'Webhooks';
const params = z.object({ id: z.uuid() });

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/webhook-deliveries',
    permission: 'operations:read',
    tag,
    summary: 'List what providers delivered, the latest first, with what could not be taken of it',
    query: deliveriesQuery,
    data: z.array(deliveryData),
    async handle({ query }, { db }) {
      const { deliveries, next_cursor } = await listDeliveries(db, query);
      return { data: deliveries, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/webhook-deliveries/:id',
    permission: 'operations:write',
    tag,
    summary: 'Show a delivery with its body as it came',
    params,
    data: deliveryWithBodyData,
    async handle({ params: { id } }, { db }) {
      return { data: await readDelivery(db, id) };
    },
  }),
  route({
    method: 'POST',
    path: '/webhook-deliveries/:id/retry',
    permission: 'operations:write',
    tag,
    summary: 'Work on a delivery once more; what was recorded of it stays as it is',
    statuses: [202],
    params,
    data: deliveryWithBodyData,
    async handle({ params: { id } }, { db }) {
      await retryDelivery(db, id);
      return { status: 202, data: await readDelivery(db, id) };
    },
  }),
];
