import { z } from 'zod';
import { pageFields } from '../vocabulary/fields.ts';
import { type Route, route } from '../vocabulary/route.ts';
import { campaignData, historyData, listedCampaignData, previewData } from './campaign-data.ts';
import { campaignChangeFields, dryRunQuery, idField, newCampaignFields } from './campaign-fields.ts';
import { createCampaign } from './create-campaign.ts';
import { deleteCampaign } from './delete-campaign.ts';
import { campaignFilterFields, listCampaigns } from './list-campaigns.ts';
import { readHistory } from './read-history.ts';
import { showCampaign } from './show-campaign.ts';
import { updateCampaign } from './update-campaign.ts';

const tag = 'Campaigns';
const params = z.object({ id: idField });

export const routes: Route[] = [
  route({
    method: 'POST',
    path: '/campaigns',
    permission: 'campaigns:write',
    tag,
    summary: 'Create a campaign, as a draft unless it is to be activated',
    statuses: [201],
    body: newCampaignFields,
    data: campaignData,
    async handle({ body }, context) {
      const { id } = await createCampaign(context, body);
      return { status: 201, data: await showCampaign(context, id) };
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns',
    permission: 'campaigns:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List campaigns',
    query: campaignFilterFields,
    data: z.array(listedCampaignData),
    async handle({ query }, context) {
      const { campaigns, next_cursor } = await listCampaigns(context, query);
      return { data: campaigns, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id',
    permission: 'campaigns:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'Show a campaign with its running periods',
    params,
    data: campaignData,
    async handle({ params: { id } }, context) {
      return { data: await showCampaign(context, id) };
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/children',
    permission: 'campaigns:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List the campaigns right below one',
    params,
    query: campaignFilterFields.omit({ parent_campaign_id: true }),
    data: z.array(listedCampaignData),
    async handle({ params: { id }, query }, context) {
      await showCampaign(context, id);
      const { campaigns, next_cursor } = await listCampaigns(context, { ...query, parent_campaign_id: id });
      return { data: campaigns, meta: { next_cursor } };
    },
  }),
  ...(['PUT', 'PATCH'] as const).map((method) =>
    route({
      method,
      path: '/campaigns/:id',
      permission: 'campaigns:write',
      tag,
      summary: 'Change the fields that are given; PUT and PATCH do the same',
      params,
      query: dryRunQuery,
      body: campaignChangeFields,
      data: z.union([campaignData, previewData]),
      async handle({ params: { id }, query, body }, context) {
        const dry_run = body.dry_run || query.dry_run === 'true';
        const preview = await updateCampaign(context, id, { ...body, dry_run });
        return { data: preview ?? (await showCampaign(context, id)) };
      },
    }),
  ),
  route({
    method: 'DELETE',
    path: '/campaigns/:id',
    permission: 'campaigns:write',
    tag,
    summary: 'Delete a draft that has no facts',
    params,
    data: z.object({ id: z.uuid(), deleted: z.literal(true) }),
    async handle({ params: { id } }, context) {
      await deleteCampaign(context, id);
      return { data: { id, deleted: true } };
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/history',
    permission: 'campaigns:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List what was done to a campaign, latest first; meta holds its running periods',
    params,
    query: z.object(pageFields),
    data: historyData,
    async handle({ params: { id }, query }, context) {
      const { entries, ...meta } = await readHistory(context, id, query);
      return { data: entries, meta };
    },
  }),
];
