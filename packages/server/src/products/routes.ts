import { z } from 'zod';
import { batchData, batchOf, batchRecorder, taken } from '../vocabulary/batch.ts';
import { type Route, type RouteContext, route } from '../vocabulary/route.ts';
import { productInput } from './product-input.ts';
import { listProducts, productData, productsQuery, readProduct } from './read-products.ts';
import { recordProducts } from './record-products.ts';

const tag = 'Products';

const recordBatch = batchRecorder(productInput);

export const routes: Route[] = [
  route({
    method: 'POST',
    path: '/products',
    permission: 'products:write',
    tag,
    summary: 'Record a product, with its cost; the same again changes nothing',
    body: productInput,
    data: productData,
    async handle({ body }, context) {
      const [recorded] = await recordProducts(context.db, [body], writing(context));
      const { id, outcome } = taken(recorded!);
      return {
        status: outcome === 'created' ? 201 : 200,
        data: await readProduct(context.db, id, reading(context)),
        meta: { outcome },
      };
    },
  }),
  route({
    method: 'POST',
    path: '/products/batch',
    permission: 'products:write',
    tag,
    summary: 'Record up to 1000 products; faulty ones are rejected and named, the others recorded',
    body: batchOf(productInput),
    data: batchData,
    async handle({ body }, context) {
      return recordBatch(body.items, (inputs) => recordProducts(context.db, inputs, writing(context)));
    },
  }),
  route({
    method: 'GET',
    path: '/products',
    permission: 'products:read',
    narrowedFor: ['owner', 'retailer'],
    tag,
    summary: 'List products, the newest first',
    query: productsQuery,
    data: z.array(productData),
    async handle({ query }, context) {
      const { products, next_cursor } = await listProducts(context.db, query, reading(context));
      return { data: products, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/products/:id',
    permission: 'products:read',
    narrowedFor: ['owner', 'retailer'],
    tag,
    summary: 'Show a product with its cost periods and batches',
    params: z.object({ id: z.uuid() }),
    data: productData,
    async handle({ params }, context) {
      return { data: await readProduct(context.db, params.id, reading(context)) };
    },
  }),
];

function writing({ clock, actor, settings }: RouteContext) {
  return { clock, actor: actor.name, currency: settings.currency };
}

function reading({ clock, settings, actor }: RouteContext) {
  return { clock, currency: settings.currency, costs: actor.scope.kind === 'all' };
}
