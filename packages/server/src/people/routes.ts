import { z } from 'zod';
import { jsonField, pageFields, textField, timestampField } from '../vocabulary/fields.ts';
import type { Permission } from '../vocabulary/permission.ts';
import { type Route, route } from '../vocabulary/route.ts';
import { createKey } from './create-key.ts';
import { permissions, roles } from './permissions.ts';
import { readAudit } from './read-audit.ts';
import { readKeys } from './read-keys.ts';
import { revokeKey } from './revoke-key.ts';
import { sessionRoutes } from './sessions/session-routes.ts';
import { userRoutes } from './users/user-routes.ts';

const keyShape = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  role: z.string().nullable(),
  permissions: z.array(z.string()).nullable(),
  scope_kind: z.enum(['owner', 'retailer']).nullable(),
  owner_scope: z.array(z.string()).nullable(),
  created_at: z.iso.datetime(),
  last_used_at: z.iso.datetime().nullable(),
  revoked_at: z.iso.datetime().nullable(),
});

const auditShape = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  actor: z.string(),
  action: z.string(),
  subject_kind: z.string(),
  subject_id: z.string(),
  before: jsonField,
  after: jsonField,
  reason: z.string().nullable(),
});

const newKey = z
  .object({
    name: z.string().trim().min(1).max(100).meta({ example: 'Shop server' }),
    role: z.enum(roles).optional(),
    permissions: z
      .array(z.enum(permissions as [Permission, ...Permission[]]))
      .min(1)
      .optional(),
    scope_kind: z.enum(['owner', 'retailer']).optional().meta({
      description: 'With permissions: whether owner_scope names owners of campaigns or retailers of orders',
    }),
    owner_scope: z
      .array(textField(200))
      .min(1)
      .max(100)
      .optional()
      .meta({
        description: 'Whose campaigns or orders the key sees. A role says by itself which of the two.',
        example: ['Acme'],
      }),
  })
  .refine((key) => (key.role === undefined) !== (key.permissions === undefined), {
    path: ['role'],
    message: 'give either a role or permissions, not both',
  })
  .refine((key) => key.role === undefined || key.scope_kind === undefined, {
    path: ['scope_kind'],
    message: 'goes with permissions; a role says by itself whose facts it sees',
  });

export const routes: Route[] = [
  ...sessionRoutes,
  ...userRoutes,
  route({
    method: 'POST',
    path: '/api-keys',
    permission: 'people:write',
    tag: 'People',
    summary: 'Make an API key; it is shown in this answer only',
    statuses: [201],
    secret: true,
    body: newKey,
    data: keyShape.extend({ key: z.string().meta({ example: 'tsk_…' }) }),
    handle: async ({ body: { role, permissions = [], scope_kind, ...key } }, context) => ({
      status: 201,
      data: await createKey(
        context.db,
        context,
        role === undefined ? { ...key, permissions, scope_kind } : { ...key, role },
      ),
    }),
  }),
  route({
    method: 'GET',
    path: '/api-keys',
    permission: 'people:read',
    tag: 'People',
    summary: 'List API keys, revoked ones too',
    data: z.array(keyShape),
    handle: async (_, { db }) => ({ data: await readKeys(db) }),
  }),
  route({
    method: 'DELETE',
    path: '/api-keys/:id',
    permission: 'people:write',
    tag: 'People',
    summary: 'Revoke an API key from the next request on',
    params: z.object({ id: z.uuid() }),
    data: keyShape,
    handle: async ({ params }, context) => ({ data: await revokeKey(context.db, context, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/audit',
    permission: 'audit:read',
    tag: 'People',
    summary: 'Read who changed what, the newest first',
    query: z.object({
      subject_kind: z.string().max(100).optional().meta({ example: 'campaign' }),
      subject_id: z.string().max(200).optional(),
      actor: z.string().max(200).optional(),
      action: z.string().max(100).optional().meta({ example: 'campaign.update' }),
      from: timestampField.optional(),
      to: timestampField.optional(),
      ...pageFields,
    }),
    data: z.array(auditShape),
    handle: async ({ query }, { db }) => {
      const { entries, next_cursor } = await readAudit(db, query);
      return { data: entries, meta: { next_cursor } };
    },
  }),
];
