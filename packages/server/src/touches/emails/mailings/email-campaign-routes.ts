import { z } from 'zod';
import { type Route, route } from '../../../vocabulary/route.ts';
import { createEmailCampaign } from './create-email-campaign.ts';
import {
  emailCampaignChangeFields,
  emailCampaignData,
  emailCampaignFilterFields,
  newEmailCampaignFields,
} from './email-campaign-fields.ts';
import { listEmailCampaigns, readEmailCampaign } from './read-email-campaigns.ts';
import { updateEmailCampaign } from './update-email-campaign.ts';

const tag = 'Emails';
const params = z.object({ id: z.uuid() });

export const routes: Route[] = [
  route({
    method: 'POST',
    path: '/campaigns/:id/email-campaigns',
    permission: 'emails:write',
    tag,
    summary: 'Add a mailing to a campaign',
    statuses: [201],
    params,
    body: newEmailCampaignFields,
    data: emailCampaignData,
    async handle({ params: { id }, body }, context) {
      return { status: 201, data: await createEmailCampaign(context, id, body) };
    },
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/email-campaigns',
    permission: 'emails:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List the mailings of a campaign with what became of their sends',
    params,
    query: emailCampaignFilterFields,
    data: z.array(emailCampaignData),
    async handle({ params: { id }, query }, context) {
      const { email_campaigns, next_cursor } = await listEmailCampaigns(context, id, query);
      return { data: email_campaigns, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/email-campaigns/:id',
    permission: 'emails:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'Show a mailing with what became of its sends',
    params,
    data: emailCampaignData,
    async handle({ params: { id } }, context) {
      return { data: await readEmailCampaign(context, id) };
    },
  }),
  route({
    method: 'PATCH',
    path: '/email-campaigns/:id',
    permission: 'emails:write',
    tag,
    summary: 'Change the fields of a mailing that are given',
    params,
    body: emailCampaignChangeFields,
    data: emailCampaignData,
    async handle({ params: { id }, body }, context) {
      return { data: await updateEmailCampaign(context, id, body) };
    },
  }),
];
