import { z } from 'zod';
import { parametersField, readParameters, showVersion } from '../attribution/index.ts';
import { candidateShape, shareShape } from '../ledger/index.ts';
import { orderStatuses } from '../orders/index.ts';
import { invalid, notFound } from '../vocabulary/errors.ts';
import { amountField, currencyField, jsonField, timestampField } from '../vocabulary/fields.ts';
import { parseMoney } from '../vocabulary/money.ts';
import { type Route, route } from '../vocabulary/route.ts';
import { cancelBackfill, listBackfills, readBackfill, resumeBackfill } from './admin/backfills.ts';
import { configureModel, previewModel } from './admin/configure-model.ts';
import { debugAttribution } from './admin/debug-attribution.ts';
import { listJobs, readQueue, retryJob } from './admin/queue.ts';
import { recomputeOrder } from './admin/recompute-order.ts';
import { showInstallation } from './admin/show-installation.ts';
import { configurable, routes as learning } from './learning/routes.ts';
import { routes as personalData } from './personal-data/routes.ts';
import { readBackfillRequest } from './read-backfill-request.ts';
import { startBackfill } from './start-backfill.ts';
import { verifyInstallation } from './verify/verify-installation.ts';

const params = z.object({ id: z.uuid() });
const tag = 'Operations';

const backfillShape = z.object({
  id: z.uuid(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  statuses: z.array(z.string()).nullable(),
  models: z.array(z.string()).nullable(),
  dry_run: z.boolean(),
  status: z.enum(['queued', 'running', 'completed', 'cancelled', 'failed']),
  orders_total: z.int().nullable(),
  orders_done: z.int(),
  orders_affected: z.int(),
  entries_posted: z.int(),
  moved: z.array(
    z.object({
      model: z.string(),
      currency: z.string(),
      amount: z.number(),
      campaigns: z.array(
        z.object({
          campaign_id: z.uuid(),
          name: z.string(),
          before: z.number(),
          after: z.number(),
          change: z.number(),
        }),
      ),
    }),
  ),
  error: z.string().nullable(),
  created_by: z.string(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
});

const jobShape = z.object({
  id: z.string(),
  task: z.string(),
  status: z.enum(['waiting', 'running', 'retrying', 'failed']),
  attempts: z.int(),
  max_attempts: z.int(),
  run_at: z.iso.datetime(),
  created_at: z.iso.datetime(),
  last_error: z.string().nullable(),
  payload: jsonField,
});

const configuredShape = z.object({
  id: z.uuid(),
  model: z.string(),
  version: z.int(),
  status: z.enum(['filling', 'published', 'retired']),
  additive: z.boolean(),
  parameters: z.record(z.string(), z.unknown()),
  countable_statuses: z.array(z.string()),
});

export const routes: Route[] = [
  ...personalData,
  ...learning,
  route({
    method: 'POST',
    path: '/attribution-models',
    permission: 'operations:write',
    tag: 'Attribution',
    summary:
      'Keep a model with other settings from now on, filled from the past; dry_run shows what would move',
    statuses: [201, 202],
    body: z.object({
      model: z.enum(configurable),
      parameters: parametersField.default({}),
      countable_statuses: z.array(z.enum(orderStatuses)).min(1).optional(),
      dry_run: z.boolean().default(false),
    }),
    data: z.object({
      version: configuredShape.nullable().meta({ description: 'Null for a dry run' }),
      backfill: backfillShape.nullable().meta({
        description:
          'Fills the version, or tells what it would move; null where there is no order yet, or nothing changes',
      }),
    }),
    async handle({ body }, { db, clock, actor, settings }) {
      const asked = {
        model: body.model,
        parameters: readParameters(body.model, body.parameters, settings),
        countable_statuses: body.countable_statuses ?? settings.countableStatuses,
      };
      const by = { actor: actor.name, now: clock.now() };
      if (body.dry_run) {
        return { status: 202, data: { version: null, backfill: await previewModel(db, asked, by) } };
      }
      const { version, backfill } = await configureModel(db, asked, by);
      return { status: backfill === null ? 201 : 202, data: { version: showVersion(version), backfill } };
    },
  }),
  route({
    method: 'GET',
    path: '/installation',
    permission: 'known',
    tag,
    summary: 'How the installation is set up: its zone, currency and models, and for operators its settings',
    data: z.object({
      time_zone: z.string(),
      currency: z.string(),
      attribution_enabled: z.boolean(),
      countable_statuses: z.array(z.string()),
      models: z.array(
        z.object({ model: z.string(), version: z.int(), status: z.string(), additive: z.boolean() }),
      ),
      settings: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
    handle: async (_, { db, settings, actor }) => {
      const operator = actor.scope.kind === 'all' && actor.permissions.has('operations:read');
      return { data: await showInstallation(db, settings, { operator }) };
    },
  }),
  route({
    method: 'POST',
    path: '/admin/verify',
    permission: 'operations:read',
    tag,
    summary: 'Recompute everything from facts and compare with the ledger and the rollups',
    statuses: [200],
    readOnly: true,
    data: z.object({
      orders_checked: z.int(),
      rollup_rows_checked: z.int(),
      pending: z
        .int()
        .meta({ description: 'Orders still to be settled; they are not counted as differences' }),
      difference_count: z.int(),
      differences: z.array(z.looseObject({ kind: z.string() })),
    }),
    handle: async (_, { db, clock }) => {
      const as_of = clock.now().toISOString();
      return { data: await verifyInstallation(db), meta: { as_of } };
    },
  }),
  route({
    method: 'GET',
    path: '/admin/debug-attribution',
    permission: 'operations:read',
    tag,
    summary: 'Which campaigns would match a sale of a product at a moment, and the credit each would get',
    query: z.object({
      product_id: z.uuid(),
      sale_time: timestampField,
      amount: amountField.default(100),
      currency: currencyField.optional(),
    }),
    data: z.object({
      product_id: z.uuid(),
      sale_time: z.iso.datetime(),
      currency: z.string(),
      matched_count: z.int(),
      candidates: z.array(candidateShape),
      shares: z.array(shareShape),
    }),
    handle: async ({ query }, { db, clock, settings }) => {
      const currency = query.currency ?? settings.currency;
      const amount_minor = parseMoney(query.amount, currency);
      if (amount_minor === undefined) {
        throw invalid('amount', `must be an amount of ${currency}, with no more decimals than it has`);
      }
      const product = await db
        .selectFrom('products')
        .select('id')
        .where('id', '=', query.product_id)
        .executeTakeFirst();
      if (product === undefined) throw notFound('product', query.product_id);
      const { product_id, sale_time } = query;
      return {
        data: await debugAttribution(db, { product_id, sale_time, amount_minor, currency }, clock.now()),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/admin/orders/:id/recompute',
    permission: 'operations:write',
    tag,
    summary: 'Settle an order again at once; nothing is posted when the ledger already agrees with the facts',
    statuses: [200],
    params,
    body: z.object({ dry_run: z.boolean().default(false) }).optional(),
    data: z.object({ order_id: z.uuid(), dry_run: z.boolean(), entries: z.int() }),
    handle: async ({ params: { id }, body }, { db, clock }) => {
      const dry_run = body?.dry_run ?? false;
      const { entries } = await recomputeOrder(db, id, { now: clock.now(), dry_run });
      return { data: { order_id: id, dry_run, entries } };
    },
  }),
  route({
    method: 'POST',
    path: '/admin/backfills',
    permission: 'operations:write',
    tag,
    summary: 'Settle a range of orders again in the background, or with dry_run see what would move',
    statuses: [202],
    body: z.object({
      from: z
        .string()
        .meta({ description: 'A day of the installation’s time zone, or a timestamp with an offset' })
        .optional(),
      to: z
        .string()
        .meta({ description: 'A day (the whole of it), or a timestamp with an offset' })
        .optional(),
      statuses: z.array(z.string()).min(1).optional(),
      models: z.array(z.string()).min(1).optional(),
      dry_run: z.boolean().default(false),
    }),
    data: backfillShape,
    handle: async ({ body }, { db, clock, settings, actor }) => {
      const request = await readBackfillRequest(db, body, settings);
      const id = await startBackfill(db, request, { actor: actor.name, now: clock.now() });
      return { status: 202, data: await readBackfill(db, id) };
    },
  }),
  route({
    method: 'GET',
    path: '/admin/backfills',
    permission: 'operations:read',
    tag,
    summary: 'The latest backfills',
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
    data: z.array(backfillShape),
    handle: async ({ query: { limit } }, { db }) => ({ data: await listBackfills(db, limit) }),
  }),
  route({
    method: 'GET',
    path: '/admin/backfills/:id',
    permission: 'operations:read',
    tag,
    summary: 'How far a backfill is and what it moves',
    params,
    data: backfillShape,
    handle: async ({ params: { id } }, { db }) => ({ data: await readBackfill(db, id) }),
  }),
  route({
    method: 'DELETE',
    path: '/admin/backfills/:id',
    permission: 'operations:write',
    tag,
    summary: 'Cancel a backfill after the batch under way',
    params,
    data: backfillShape,
    handle: async ({ params: { id } }, { db, clock }) => ({
      data: await cancelBackfill(db, id, clock.now()),
    }),
  }),
  route({
    method: 'POST',
    path: '/admin/backfills/:id/resume',
    permission: 'operations:write',
    tag,
    summary: 'Go on with a backfill that was cancelled or has failed, from where it stopped',
    statuses: [202],
    params,
    data: backfillShape,
    handle: async ({ params: { id } }, { db }) => ({ status: 202, data: await resumeBackfill(db, id) }),
  }),
  route({
    method: 'GET',
    path: '/admin/queue',
    permission: 'operations:read',
    tag,
    summary: 'How much is queued, since when, and how much has failed',
    data: z.object({
      waiting: z.int(),
      running: z.int(),
      retrying: z.int(),
      failed: z.int(),
      lag_seconds: z.number(),
    }),
    handle: async (_, { db }) => ({ data: await readQueue(db) }),
  }),
  route({
    method: 'GET',
    path: '/admin/jobs',
    permission: 'operations:read',
    tag,
    summary: 'Jobs in the queue, failed ones among them',
    query: z.object({
      status: z.enum(['waiting', 'running', 'retrying', 'failed']).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    data: z.array(jobShape),
    handle: async ({ query }, { db }) => ({ data: await listJobs(db, query) }),
  }),
  route({
    method: 'POST',
    path: '/admin/jobs/:id/retry',
    permission: 'operations:write',
    tag,
    summary: 'Try a failed job again, with all of its attempts',
    statuses: [200],
    params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    data: jobShape,
    handle: async ({ params: { id } }, { db }) => ({ data: await retryJob(db, id) }),
  }),
];
