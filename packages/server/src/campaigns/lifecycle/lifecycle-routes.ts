import { z } from 'zod';
import { timestampField } from '../../vocabulary/fields.ts';
import { type Reply, type Route, type RouteContext, route } from '../../vocabulary/route.ts';
import { archiveCampaign } from '../archive-campaign.ts';
import { campaignData, previewData } from '../campaign-data.ts';
import { dryRunField, dryRunQuery, idField, reasonField, statuses } from '../campaign-fields.ts';
import { showCampaign } from '../show-campaign.ts';
import { changeStatus } from './change-status.ts';
import type { StatusRequest } from './plan-status-change.ts';

const tag = 'Campaigns';
const permission = 'campaigns:write';
const params = z.object({ id: idField });
const moment = {
  effective_at: timestampField
    .optional()
    .meta({ description: 'When the change took place, if not now. In the past it needs a reason.' }),
  reason: reasonField,
  dry_run: dryRunField,
};
const changed = z.union([campaignData, previewData]);

export const routes: Route[] = [
  route({
    method: 'PATCH',
    path: '/campaigns/:id/status',
    permission,
    tag,
    summary: 'Change the status: draft → running ⇄ paused → ended',
    params,
    query: dryRunQuery,
    body: z.object({ status: z.enum(statuses), ...moment }),
    data: changed,
    handle: ({ params: { id }, query, body }, context) => change(context, id, query, body),
  }),
  ...(
    [
      ['activate', 'running', 'Let the campaign run'],
      ['deactivate', 'paused', 'Pause the campaign'],
    ] as const
  ).map(([verb, status, summary]) =>
    route({
      method: 'PUT',
      path: `/campaigns/:id/${verb}`,
      permission,
      tag,
      summary,
      params,
      query: dryRunQuery,
      body: z.object(moment).nullish(),
      data: changed,
      handle: ({ params: { id }, query, body }, context) => change(context, id, query, { ...body, status }),
    }),
  ),
  ...(
    [
      ['archive', true, 'Hide the campaign from lists'],
      ['unarchive', false, 'Show the campaign in lists again'],
    ] as const
  ).map(([verb, archived, summary]) =>
    route({
      method: 'PUT',
      path: `/campaigns/:id/${verb}`,
      permission,
      tag,
      summary,
      params,
      body: z.object({ reason: reasonField }).nullish(),
      data: campaignData,
      async handle({ params: { id }, body }, context) {
        await archiveCampaign(context, id, { archived, reason: body?.reason });
        return { data: await showCampaign(context, id) };
      },
    }),
  ),
];

async function change(
  context: RouteContext,
  id: string,
  query: { dry_run?: 'true' | 'false' },
  request: StatusRequest & { dry_run?: boolean },
): Promise<Reply> {
  const dry_run = request.dry_run || query.dry_run === 'true';
  const preview = await changeStatus(context, id, { ...request, dry_run });
  return { data: preview ?? (await showCampaign(context, id)) };
}
