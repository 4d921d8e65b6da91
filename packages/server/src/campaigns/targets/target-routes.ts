import { z } from 'zod';
import { externalIdField, pageFields, timestampField } from '../../vocabulary/fields.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { addedTargetsData, previewData, removedTargetData, targetData } from '../campaign-data.ts';
import { dryRunField, dryRunQuery, idField, reasonField } from '../campaign-fields.ts';
import { addTargets } from './add-targets.ts';
import { listTargets } from './list-targets.ts';
import { removeTarget } from './remove-target.ts';

const tag = 'Campaigns';
const path = '/campaigns/:id/products';
const params = z.object({ id: idField });
const most = 10_000;

const addBody = z
  .object({
    product_ids: z.array(idField).min(1).max(most).optional(),
    external_ids: z.array(externalIdField).min(1).max(most).optional(),
    source: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'The shop the external ids are of.' }),
    effective_from: timestampField.optional().meta({
      description: 'starts_at for a draft, else now, by default. In the past it needs a reason.',
    }),
    effective_to: timestampField.nullish(),
    reason: reasonField,
    dry_run: dryRunField,
  })
  .refine(({ product_ids, external_ids }) => product_ids !== undefined || external_ids !== undefined, {
    path: ['product_ids'],
    message: 'is required (or external_ids): name the products',
  });

export const routes: Route[] = [
  route({
    method: 'POST',
    path,
    permission: 'campaigns:write',
    tag,
    summary: 'Have the campaign target products; those it targets already are skipped',
    params,
    query: dryRunQuery,
    body: addBody,
    data: z.union([addedTargetsData, previewData]),
    async handle({ params: { id }, query, body }, context) {
      const dry_run = body.dry_run || query.dry_run === 'true';
      const data = await addTargets(context, id, { ...body, dry_run });
      return { status: 'added' in data && data.added.length > 0 ? 201 : 200, data };
    },
  }),
  route({
    method: 'GET',
    path,
    permission: 'campaigns:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List what the campaign targets and has targeted',
    params,
    query: z.object({
      ...pageFields,
      limit: pageFields.limit.unwrap().default(500),
      active: z
        .enum(['true', 'false'])
        .optional()
        .meta({ description: 'Only open targets, or only closed ones.' }),
    }),
    data: z.array(targetData),
    async handle({ params: { id }, query: { active, ...page } }, context) {
      const filter = { ...page, active: active === undefined ? undefined : active === 'true' };
      const { targets, next_cursor } = await listTargets(context, id, filter);
      return { data: targets, meta: { next_cursor } };
    },
  }),
  route({
    method: 'DELETE',
    path: `${path}/:targetId`,
    permission: 'campaigns:write',
    tag,
    summary: 'End a target; sales until then keep their credit',
    params: params.extend({ targetId: idField }),
    query: dryRunQuery.extend({ effective_at: timestampField.optional(), reason: reasonField }),
    data: z.union([removedTargetData, previewData]),
    async handle({ params: { id, targetId }, query: { dry_run, ...request } }, context) {
      const data = await removeTarget(context, id, targetId, { ...request, dry_run: dry_run === 'true' });
      return { data };
    },
  }),
];
