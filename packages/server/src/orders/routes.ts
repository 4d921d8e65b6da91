import { z } from 'zod';
import { batchData, batchOf, batchRecorder, taken } from '../vocabulary/batch.ts';
import { type Route, type RouteContext, route } from '../vocabulary/route.ts';
import { routes as conversions } from './conversions/conversion-routes.ts';
import { listOrders, ordersQuery } from './list-orders.ts';
import { customerInput, orderInput, refundInput, statusInput } from './order-input.ts';
import { customerData, customersQuery, listCustomers, readCustomer } from './read-customers.ts';
import { readOrder } from './read-orders.ts';
import { recordCustomers } from './record-customers.ts';
import { recordOrders } from './record-orders.ts';
import { recordRefund } from './record-refund.ts';
import { setOrderStatus } from './set-order-status.ts';
import { orderData, recordedOrderData } from './show-order.ts';
import { refundData } from './show-refund.ts';

const byId = z.object({ id: z.uuid() });

const recordBatch = batchRecorder(orderInput);

export const routes: Route[] = [
  route({
    method: 'POST',
    path: '/customers',
    permission: 'customers:write',
    tag: 'Customers',
    summary: 'Record a customer; the same again changes nothing',
    body: customerInput,
    data: customerData,
    async handle({ body }, context) {
      const [recorded] = await recordCustomers(context.db, [body], writing(context));
      const { id, outcome } = taken(recorded!);
      const status = outcome === 'created' ? 201 : 200;
      return { status, data: await readCustomer(context.db, id), meta: { outcome } };
    },
  }),
  route({
    method: 'GET',
    path: '/customers',
    permission: 'customers:read',
    tag: 'Customers',
    summary: 'List customers, the newest first',
    query: customersQuery,
    data: z.array(customerData),
    async handle({ query }, context) {
      const { customers, next_cursor } = await listCustomers(context.db, query);
      return { data: customers, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/customers/:id',
    permission: 'customers:read',
    tag: 'Customers',
    summary: 'Show a customer',
    params: byId,
    data: customerData,
    async handle({ params }, context) {
      return { data: await readCustomer(context.db, params.id) };
    },
  }),
  route({
    method: 'POST',
    path: '/orders',
    permission: 'orders:write',
    tag: 'Orders',
    summary: 'Record an order, or a newer version of it; the same again changes nothing',
    body: orderInput,
    data: recordedOrderData,
    async handle({ body }, context) {
      const [recorded] = await recordOrders(context.db, [body], writing(context));
      const { id, outcome } = taken(recorded!);
      const order = await readOrder(context, id);
      const data = { ...order, ...(await context.lastTouchOf(context.db, id)) };
      return { status: outcome === 'created' ? 201 : 200, data, meta: metaOf(outcome, data.updated_at) };
    },
  }),
  route({
    method: 'POST',
    path: '/orders/batch',
    permission: 'orders:write',
    tag: 'Orders',
    summary: 'Record up to 1000 orders; faulty ones are rejected and named, the others recorded',
    statuses: [200],
    body: batchOf(orderInput),
    data: batchData,
    async handle({ body }, context) {
      return await recordBatch(body.items, (inputs) => recordOrders(context.db, inputs, writing(context)));
    },
  }),
  route({
    method: 'GET',
    path: '/orders',
    permission: 'orders:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Orders',
    summary: 'List orders, the newest sale first',
    query: ordersQuery,
    data: z.array(orderData),
    async handle({ query }, context) {
      const { orders, next_cursor } = await listOrders(context, query);
      return { data: orders, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/orders/:id',
    permission: 'orders:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Orders',
    summary: 'Show an order with its lines, its refunds and whether it is settled',
    params: byId,
    data: orderData,
    async handle({ params }, context) {
      return { data: await readOrder(context, params.id) };
    },
  }),
  route({
    method: 'PATCH',
    path: '/orders/:id/status',
    permission: 'orders:write',
    tag: 'Orders',
    summary: 'Set the status of an order; its credit follows',
    params: byId,
    body: statusInput,
    data: orderData,
    async handle({ params, body }, context) {
      const outcome = await setOrderStatus(context.db, params.id, body, writing(context));
      const data = await readOrder(context, params.id);
      return { data, meta: metaOf(outcome, data.updated_at) };
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:id/refunds',
    permission: 'orders:write',
    tag: 'Orders',
    summary:
      'Record a refund of lines, shipping, tax, or an amount of the whole; the same again changes nothing',
    params: byId,
    body: refundInput,
    data: refundData,
    async handle({ params, body }, context) {
      const outcome = await recordRefund(context.db, params.id, body, writing(context));
      const { refunds } = await readOrder(context, params.id);
      const data = refunds.find(({ external_id }) => external_id === body.external_id);
      return { status: outcome === 'created' ? 201 : 200, data, meta: { outcome } };
    },
  }),
  route({
    method: 'GET',
    path: '/orders/:id/refunds',
    permission: 'orders:read',
    narrowedFor: ['retailer'],
    tag: 'Orders',
    summary: 'List the refunds of an order, in order of time',
    params: byId,
    data: z.array(refundData),
    async handle({ params }, context) {
      return { data: (await readOrder(context, params.id)).refunds };
    },
  }),
  ...conversions,
];

function writing({ clock, actor, settings }: RouteContext) {
  return { clock, actor: actor.name, currency: settings.currency, receivedVia: 'api' };
}

function metaOf(outcome: string, heldVersion: string | null): Record<string, unknown> {
  return outcome === 'ignored_older' ? { outcome, held_updated_at: heldVersion } : { outcome };
}
