import { z } from 'zod';
import { batchData, batchOf, batchRecorder } from '../../../vocabulary/batch.ts';
import { type Route, route } from '../../../vocabulary/route.ts';
import { eventInput } from '../events/event-input.ts';
import { recordEvents } from '../events/record-events.ts';
import { linksBody, linksData, makeLinks } from '../links/make-links.ts';
import { readEmailCampaign } from '../mailings/read-email-campaigns.ts';
import { listSends, readSend, sendData, sendFilterFields, sendWithEventsData } from './list-sends.ts';
import { recordSends } from './record-sends.ts';
import { sendInput } from './send-input.ts';

const tag = 'Emails';
const params = z.object({ id: z.uuid() });
const largestBatch = 10_000;

const recordSendBatch = batchRecorder(sendInput);
const recordEventBatch = batchRecorder(eventInput);

export const routes: Route[] = [
  route({
    method: 'POST',
    path: '/email-campaigns/:id/sends/batch',
    permission: 'emails:write',
    tag,
    summary: 'Record up to 10,000 sends of a mailing; faulty ones are rejected and named',
    statuses: [200],
    params,
    body: batchOf(sendInput, largestBatch),
    data: batchData,
    async handle({ params: { id }, body }, context) {
      await readEmailCampaign(context, id);
      return await recordSendBatch(body.items, (inputs) =>
        recordSends(
          context.db,
          inputs.map((input) => ({ ...input, email_campaign: id })),
          context,
        ),
      );
    },
  }),
  route({
    method: 'GET',
    path: '/email-campaigns/:id/sends',
    permission: 'emails:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List the sends of a mailing with the first and last time of what became of each',
    params,
    query: sendFilterFields,
    data: z.array(sendData),
    async handle({ params: { id }, query }, context) {
      const { sends, next_cursor } = await listSends(context, id, query);
      return { data: sends, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/email-campaigns/:id/sends/:sendId',
    permission: 'emails:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'Show a send with every event that was told of it',
    params: params.extend({ sendId: z.uuid() }),
    data: sendWithEventsData,
    async handle({ params: { id, sendId } }, context) {
      return { data: await readSend(context, id, sendId) };
    },
  }),
  route({
    method: 'POST',
    path: '/email-campaigns/:id/links',
    permission: 'emails:write',
    tag,
    summary: 'Make the pixel, the click links and the unsubscribe link of a mail that is sent by other means',
    statuses: [200],
    readOnly: true,
    params,
    body: linksBody,
    data: linksData,
    async handle({ params: { id }, body }, context) {
      return { data: await makeLinks(context, id, body) };
    },
  }),
  route({
    method: 'POST',
    path: '/email-events/batch',
    permission: 'emails:write',
    tag,
    summary: 'Record up to 10,000 events of mails; each is kept once, in whatever order they come',
    statuses: [200],
    body: batchOf(eventInput, largestBatch),
    data: batchData,
    async handle({ body }, context) {
      return await recordEventBatch(body.items, (inputs) => recordEvents(context.db, inputs, context));
    },
  }),
];
