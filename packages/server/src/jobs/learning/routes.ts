import { z } from 'zod';
import { models, parametersField, readParameters } from '../../attribution/index.ts';
import { orderStatuses } from '../../orders/index.ts';
import { decodeCursor, encodeCursor } from '../../vocabulary/cursor.ts';
import { invalid } from '../../vocabulary/errors.ts';
import { pageFields, timestampField } from '../../vocabulary/fields.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { listRuns, readRun, readTransitions } from './read-runs.ts';
import { startRun } from './start-run.ts';

const tag = 'Attribution';
const params = z.object({ id: z.uuid() });

const runData = z.object({
  id: z.uuid(),
  model: z.string(),
  order: z.int().nullable().meta({ description: 'How many touches back a Markov chain remembers' }),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  parameters: z.record(z.string(), z.unknown()),
  countable_statuses: z.array(z.string()),
  status: z.enum(['queued', 'running', 'completed', 'failed']),
  percent: z.int(),
  conversions: z.number().nullable().meta({ description: 'Paths that ended in an order' }),
  lapses: z.number().nullable().meta({ description: 'Paths that ended in none' }),
  states: z.int().nullable(),
  version_id: z
    .uuid()
    .nullable()
    .meta({ description: 'The version that applies what was learned; null where nothing converted' }),
  error: z.string().nullable(),
  created_by: z.string(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
});

const learnedData = runData.extend({
  campaigns: z.array(
    z.object({
      campaign_id: z.uuid(),
      name: z.string(),
      removal_effect: z
        .number()
        .nullable()
        .meta({ description: 'The share of conversions that would be lost without it, 0 to 1' }),
      conversions: z.number().meta({ description: 'Its part of all conversions' }),
    }),
  ),
});

const transitionRow = z.object({
  from: z
    .array(z.uuid())
    .meta({ description: 'The campaigns touched last, the latest last; none at the start' }),
  to: z.string().meta({ description: 'The campaign touched next, or conversion, or lapse' }),
  count: z.number(),
  probability: z.number(),
});

export const routes: Route[] = [
  route({
    method: 'POST',
    path: '/attribution-models/runs',
    permission: 'operations:write',
    tag,
    summary: 'Learn a data-driven model from all paths, and keep a version that applies what was learned',
    statuses: [202],
    body: z.object({
      model: z.enum(['markov', 'shapley']),
      order: z.int().min(1).max(4).optional().meta({
        description: 'How many touches back a Markov chain remembers; 1 when absent',
      }),
      from: timestampField
        .optional()
        .meta({ description: 'Orders and visits from here on; all when absent' }),
      to: timestampField.optional().meta({ description: 'Not included' }),
      parameters: parametersField.default({}),
      countable_statuses: z.array(z.enum(orderStatuses)).min(1).optional(),
    }),
    data: learnedData,
    async handle({ body }, { db, clock, actor, settings }) {
      const { model, order, from = null, to = null } = body;
      if (model === 'shapley' && order !== undefined) {
        throw invalid('order', 'is of Markov chains only; leave it out for shapley');
      }
      if (from !== null && to !== null && from >= to) throw invalid('from', 'must be before to');
      const request = {
        ...{ model, from, to, order: model === 'markov' ? (order ?? 1) : null },
        parameters: { ...readParameters(model, body.parameters, settings) },
        countable_statuses: body.countable_statuses ?? settings.countableStatuses,
      };
      const id = await startRun(db, request, { actor: actor.name, now: clock.now() });
      return { status: 202, data: await readRun(db, id) };
    },
  }),
  route({
    method: 'GET',
    path: '/attribution-models/runs',
    permission: 'reports:read',
    tag,
    summary: 'List the runs that learned data-driven models, the newest first',
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    data: z.array(runData),
    handle: async ({ query: { limit } }, { db }) => ({ data: await listRuns(db, limit) }),
  }),
  route({
    method: 'GET',
    path: '/attribution-models/runs/:id',
    permission: 'reports:read',
    tag,
    summary: 'Show a run: how far it is, and what it learned of each campaign',
    csv: true,
    params,
    data: learnedData,
    async handle({ params: { id } }, { db }) {
      const data = await readRun(db, id);
      const columns = ['campaign_id', 'name', 'removal_effect', 'conversions'];
      return { data, csv: { filename: `run-${id}.csv`, columns, rows: data.campaigns } };
    },
  }),
  route({
    method: 'GET',
    path: '/attribution-models/runs/:id/transitions',
    permission: 'reports:read',
    tag,
    summary: 'The transition matrix that a Markov chain was solved from',
    csv: true,
    params,
    query: z.object(pageFields),
    data: z.array(transitionRow),
    async handle({ params: { id }, query: { limit, cursor } }, { db }) {
      const after = cursor === undefined ? 0 : decodeCursor('transitions', z.tuple([z.int()]), cursor)[0];
      const { rows: data, last } = await readTransitions(db, id, { after, limit });
      const next_cursor = last === null ? null : encodeCursor('transitions', [last]);
      const rows = data.map((row) => ({ ...row, from: row.from.join(' > ') }));
      const columns = Object.keys(transitionRow.shape);
      return { data, meta: { next_cursor }, csv: { filename: `transitions-${id}.csv`, columns, rows } };
    },
  }),
];

/** The models that are set instead of learned. */
export const configurable = [...models.values()].filter(({ learned }) => !learned).map(({ name }) => name);
