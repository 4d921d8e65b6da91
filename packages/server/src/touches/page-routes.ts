import { z } from 'zod';
import { type Route, route } from '../vocabulary/route.ts';
import { identifyInput, identifySession } from './identities/identify-session.ts';
import { admitPage } from './site-keys/admit-page.ts';
import { readUsualActivity, readUsualVisit } from './visits/live/read-usual.ts';
import { trackVisit } from './visits/live/track-visit.ts';
import { updateActivity } from './visits/live/update-activity.ts';
import { activityInput, keyField, visitInput } from './visits/visit-input.ts';

const instant = z.iso.datetime();
const query = z.object({ key: keyField });

/** What the pages of a shop send as it happens. */
export const pageRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/campaigns/track-visit',
    permission: 'public',
    fromPages: true,
    tag: 'Tracking',
    summary: 'Record that a visitor arrived; answered once it is kept for good',
    statuses: [200],
    query,
    body: visitInput,
    readUsual: readUsualVisit,
    data: z.object({
      visit_id: z.uuid(),
      campaign_id: z.uuid().nullable(),
      expires_at: instant,
      note: z.string().optional().meta({
        description: 'Why the visit is kept apart, or that no campaign has its tracking code yet',
      }),
    }),
    async handle({ query, body }, context) {
      await admitPage(context, body.key ?? query.key);
      return { data: await trackVisit(context, body, context.client!, 'tracker') };
    },
  }),
  route({
    method: 'POST',
    path: '/campaigns/update-activity',
    permission: 'public',
    fromPages: true,
    tag: 'Tracking',
    summary: 'Record that a session is active: it keeps its latest visit alive',
    statuses: [200],
    query,
    body: activityInput,
    readUsual: readUsualActivity,
    data: z.object({ visit_id: z.uuid().nullable(), expires_at: instant.nullable() }),
    async handle({ query, body }, context) {
      await admitPage(context, body.key ?? query.key);
      return { data: await updateActivity(context, body.session_id) };
    },
  }),
  route({
    method: 'POST',
    path: '/campaigns/identify',
    permission: 'public',
    fromPages: true,
    tag: 'Tracking',
    summary: 'Record that a session is a customer of the shop, from now on',
    statuses: [200],
    query,
    body: identifyInput,
    data: z.object({ session_id: z.string(), customer_id: z.uuid(), identified_at: instant }),
    async handle({ query, body }, context) {
      await admitPage(context, body.key ?? query.key);
      return { data: await identifySession(context, body) };
    },
  }),
];
