import { z } from 'zod';
import { type Route, route } from '../../../vocabulary/route.ts';
import { activeFilterFields, listActiveVisits } from './list-active-visits.ts';
import { listVisits, visitFilterFields } from './list-visits.ts';

const tag = 'Tracking';
const params = z.object({ id: z.uuid() });
const instant = z.iso.datetime();
const text = z.string().nullable();

const visitData = z.object({
  visit_id: z.uuid(),
  session_id: z.string(),
  campaign_id: z.uuid().nullable(),
  channel: z.string(),
  excluded: text.meta({ description: 'Why it is kept apart: bot, own_traffic or impossible_rate' }),
  device_type: text,
  browser: text,
  os: text,
  country: text,
  city: text,
  landing_page: text,
  referrer: text,
  visited_at: instant,
  last_activity_at: instant,
  expires_at: instant.nullable().meta({ description: 'null for what is kept apart' }),
  clicks: z.number().meta({ description: 'With its repeats' }),
  order_ids: z.array(z.uuid()).meta({ description: 'Orders whose path it is part of' }),
});

const columns = Object.keys(visitData.shape);

export const visitRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/:id/visits',
    permission: 'visits:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List the visits by the links of a campaign, the latest first',
    params,
    query: visitFilterFields,
    csv: true,
    data: z.array(visitData),
    async handle({ params: { id }, query }, context) {
      const { visits, next_cursor } = await listVisits(context, id, query);
      const rows = visits.map((visit) => ({ ...visit, order_ids: visit.order_ids.join(' ') }));
      const csv = { filename: `visits-${id}.csv`, columns, rows };
      return { data: visits, meta: { next_cursor }, csv };
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/visits/active',
    permission: 'visits:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List the visits of a campaign that were seen in the last minutes; meta.count says how many',
    params,
    query: activeFilterFields,
    data: z.array(visitData),
    async handle({ params: { id }, query }, context) {
      const { visits, ...meta } = await listActiveVisits(context, id, query);
      return { data: visits, meta };
    },
  }),
  route({
    method: 'GET',
    path: '/visits/active',
    permission: 'visits:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List the visits that were seen in the last minutes; meta.count says how many',
    query: activeFilterFields.omit({ include_children: true }),
    data: z.array(visitData),
    async handle({ query }, context) {
      const asked = { ...query, include_children: 'false' as const };
      const { visits, ...meta } = await listActiveVisits(context, undefined, asked);
      return { data: visits, meta };
    },
  }),
];
