import { z } from 'zod';
import { textField } from '../../vocabulary/fields.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { roles } from '../permissions.ts';
import { createUser } from './create-user.ts';
import { readUsers } from './read-users.ts';
import { removeUser, updateUser } from './update-user.ts';
import { emailField } from './user.ts';

const userShape = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  scope_kind: z.enum(['owner', 'retailer']).nullable(),
  owner_scope: z.array(z.string()).nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  last_signed_in_at: z.iso.datetime().nullable(),
  disabled_at: z.iso.datetime().nullable(),
});

const fields = {
  email: emailField,
  name: textField(100),
  role: z.enum(roles),
  password: z.string().min(1).max(1_000).optional(),
  owner_scope: z
    .array(textField(200))
    .max(100)
    .nullable()
    .optional()
    .meta({
      description:
        'Of an advertiser or brand: the owners whose campaigns they see. Of a retailer: whose orders. Not taken for other roles.',
      example: ['Acme'],
    }),
};

export const userRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/users',
    permission: 'people:read',
    tag: 'People',
    summary: 'List users, disabled ones too, by address',
    data: z.array(userShape),
    handle: async (_, { db }) => ({ data: await readUsers(db) }),
  }),
  route({
    method: 'POST',
    path: '/users',
    permission: 'people:write',
    tag: 'People',
    summary: 'Make a user; a password that is made for them is shown in this answer only',
    statuses: [201],
    secret: true,
    body: z.object(fields),
    data: userShape.extend({ password: z.string().optional() }),
    handle: async ({ body }, context) => ({ status: 201, data: await createUser(context.db, context, body) }),
  }),
  route({
    method: 'PATCH',
    path: '/users/:id',
    permission: 'people:write',
    tag: 'People',
    summary: 'Change a user; another password, or disabling, ends their sessions',
    params: z.object({ id: z.uuid() }),
    body: z.object({
      ...fields,
      email: fields.email.optional(),
      name: fields.name.optional(),
      role: fields.role.optional(),
      disabled: z.boolean().optional(),
    }),
    data: userShape,
    handle: async ({ params, body }, context) => ({
      data: await updateUser(context.db, context, params.id, body),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/users/:id',
    permission: 'people:write',
    tag: 'People',
    summary: 'Remove a user who never signed in; disable one who did',
    params: z.object({ id: z.uuid() }),
    data: userShape,
    handle: async ({ params }, context) => ({ data: await removeUser(context.db, context, params.id) }),
  }),
];
