import { z } from 'zod';
import { type Route, route } from '../vocabulary/route.ts';
import { createPartner } from './create-partner.ts';
import { newPartnerFields, partnerChangeFields, partnerData, partnerFilterFields } from './partner-fields.ts';
import { listPartners, readPartner } from './read-partners.ts';
import { updatePartner } from './update-partner.ts';

const tag = 'Partners';
const params = z.object({ id: z.uuid() });

export const routes: Route[] = [
  route({
    method: 'POST',
    path: '/partners',
    permission: 'partners:write',
    tag,
    summary: 'Create a retailer, a brand or an advertiser',
    statuses: [201],
    body: newPartnerFields,
    data: partnerData,
    async handle({ body }, context) {
      return { status: 201, data: await createPartner(context, body) };
    },
  }),
  route({
    method: 'GET',
    path: '/partners',
    permission: 'partners:read',
    narrowedFor: ['owner', 'retailer'],
    tag,
    summary: 'List partners by name',
    query: partnerFilterFields,
    data: z.array(partnerData),
    async handle({ query }, context) {
      const { partners, next_cursor } = await listPartners(context, query);
      return { data: partners, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/partners/:id',
    permission: 'partners:read',
    narrowedFor: ['owner', 'retailer'],
    tag,
    summary: 'Show a partner',
    params,
    data: partnerData,
    async handle({ params: { id } }, context) {
      return { data: await readPartner(context, id) };
    },
  }),
  route({
    method: 'PATCH',
    path: '/partners/:id',
    permission: 'partners:write',
    tag,
    summary: 'Change the fields of a partner that are given',
    params,
    body: partnerChangeFields,
    data: partnerData,
    async handle({ params: { id }, body }, context) {
      return { data: await updatePartner(context, id, body) };
    },
  }),
];
