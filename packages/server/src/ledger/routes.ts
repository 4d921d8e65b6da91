import { z } from 'zod';
import { touchShareShape } from '../attribution/index.ts';
import { refuseUnseenOrder } from '../orders/index.ts';
import { touchKinds } from '../vocabulary/credit.ts';
import { type Route, route } from '../vocabulary/route.ts';
import { entryColumns, entryShape } from './credit-entry.ts';
import { explainCredits } from './explain-credits.ts';
import { netCredits } from './net-credits.ts';
import { readEntries } from './read-entries.ts';

const period = z.object({ from: z.iso.datetime(), to: z.iso.datetime().nullable() });

export const candidateShape = z.object({
  campaign_id: z
    .uuid()
    .nullable()
    .meta({ description: "Null for another's campaign, of which nothing is told" }),
  name: z.string(),
  platform: z.string().nullable(),
  status: z.string().nullable(),
  credited: z.boolean(),
  code: z.string(),
  reason: z.string(),
  running_periods: z.array(period),
  target_periods: z.array(period),
});

export const shareShape = z.object({
  model: z.string(),
  model_version: z.int(),
  additive: z.boolean(),
  arithmetic: z.string(),
  credits: z.array(
    z.object({
      campaign_id: z.uuid(),
      quantity: z.number(),
      revenue: z.number(),
      profit: z.number().nullable(),
    }),
  ),
});

const explanationShape = z.object({
  order_id: z.uuid(),
  status: z.string(),
  currency: z.string(),
  sale_time: z.iso.datetime(),
  summary: z.string(),
  lines: z.array(
    z.object({
      line_no: z.int(),
      product_id: z.uuid(),
      product: z.object({ external_id: z.string(), name: z.string().nullable() }),
      value: z.string().meta({ example: '2 × 50.00 − 5.00 discount − 10.00 refunded = 85.00' }),
      quantity: z.number(),
      revenue: z.number(),
      profit: z.number().nullable(),
      candidates: z.array(candidateShape),
      shares: z.array(shareShape),
    }),
  ),
  path: z.object({
    touches: z.array(
      z.object({
        touch_id: z.uuid(),
        kind: z.enum(touchKinds),
        campaign_id: z.uuid().nullable().meta({ description: 'Null for an arrival without a campaign' }),
        name: z.string(),
        channel: z.string(),
        session_id: z.string().nullable(),
        touched_at: z.iso.datetime(),
        last_activity_at: z.iso.datetime().nullable(),
        expires_at: z.iso.datetime().nullable(),
        code: z.string(),
        reason: z.string(),
        credited_by: z.array(z.string()).meta({ description: 'Models under which it brought credit' }),
        shares: z
          .array(touchShareShape.extend({ model: z.string(), model_version: z.int() }))
          .meta({ description: 'What it brought under each model that credits touches' }),
      }),
    ),
    shares: z.array(shareShape).meta({ description: 'Of the models that divide the whole order' }),
  }),
  entries: z.array(entryShape),
});

const params = z.object({ id: z.uuid() });

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/orders/:id/credits',
    permission: 'credits:read',
    narrowedFor: ['owner'],
    tag: 'Attribution',
    summary: 'The ledger entries of an order, and in meta.net what they add up to',
    csv: true,
    params,
    query: z.object({
      model: z.string().optional(),
      versions: z.enum(['published', 'all']).default('published').meta({
        description: 'all: what retired versions of the models were credited with, too',
      }),
    }),
    data: z.array(entryShape),
    handle: async ({ params: { id }, query }, { db, actor: { scope } }) => {
      await refuseUnseenOrder(db, id, scope);
      const entries = await readEntries(db, id, scope, query);
      return {
        data: entries,
        meta: { net: netCredits(entries) },
        csv: { filename: `credits-${id}.csv`, columns: entryColumns, rows: entries },
      };
    },
  }),
  route({
    method: 'GET',
    path: '/orders/:id/explain',
    permission: 'credits:read',
    narrowedFor: ['owner'],
    tag: 'Attribution',
    summary: 'Why an order is credited the way it is: candidates, reasons, arithmetic, entries',
    params,
    data: explanationShape,
    handle: async ({ params: { id } }, context) => ({ data: await explainCredits(context, id) }),
  }),
];
