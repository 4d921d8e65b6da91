import { z } from 'zod';
import { textField } from '../../vocabulary/fields.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { createSiteKey, readSiteKeys, revokeSiteKey } from './site-keys.ts';

const tag = 'Tracking';

const siteKeyData = z.object({
  id: z.uuid(),
  key: z.string().meta({ example: 'tss_…' }),
  name: z.string(),
  created_by: z.string(),
  created_at: z.iso.datetime(),
  revoked_at: z.iso.datetime().nullable(),
});

export const siteKeyRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/site-keys',
    permission: 'campaigns:read',
    tag,
    summary: 'List the public keys that pages send visits with, revoked ones too',
    data: z.array(siteKeyData),
    handle: async (_, { db }) => ({ data: await readSiteKeys(db) }),
  }),
  route({
    method: 'POST',
    path: '/site-keys',
    permission: 'campaigns:write',
    tag,
    summary: 'Make a public key for the pages of a shop',
    statuses: [201],
    body: z.object({ name: textField(100).meta({ example: 'Shop' }) }),
    data: siteKeyData,
    handle: async ({ body }, context) => ({ status: 201, data: await createSiteKey(context, body.name) }),
  }),
  route({
    method: 'DELETE',
    path: '/site-keys/:id',
    permission: 'campaigns:write',
    tag,
    summary: 'Take a site key out of use',
    params: z.object({ id: z.uuid() }),
    data: siteKeyData,
    handle: async ({ params }, context) => ({ data: await revokeSiteKey(context, params.id) }),
  }),
];
