import { z } from 'zod';
import { batchData, batchOf, batchRecorder, taken } from '../../vocabulary/batch.ts';
import { type Route, type RouteContext, route } from '../../vocabulary/route.ts';
import { conversionInput } from './conversion-input.ts';
import { conversionData, conversionsQuery, listConversions, readConversion } from './read-conversions.ts';
import { recordConversions } from './record-conversions.ts';

const tag = 'Conversions';
const recordBatch = batchRecorder(conversionInput);

export const routes: Route[] = [
  route({
    method: 'POST',
    path: '/conversions',
    permission: 'orders:write',
    tag,
    summary: "Record a CRM's sale, lead, sign-up or demo request; the same again changes nothing",
    body: conversionInput,
    data: conversionData,
    async handle({ body }, context) {
      const [recorded] = await recordConversions(context.db, [body], writing(context));
      const { id, outcome } = taken(recorded!);
      const status = outcome === 'created' ? 201 : 200;
      return { status, data: await readConversion(context, id), meta: { outcome } };
    },
  }),
  route({
    method: 'POST',
    path: '/conversions/batch',
    permission: 'orders:write',
    tag,
    summary: 'Record up to 1000 conversions; faulty ones are rejected and named, the others recorded',
    statuses: [200],
    body: batchOf(conversionInput),
    data: batchData,
    async handle({ body }, context) {
      return await recordBatch(body.items, (inputs) =>
        recordConversions(context.db, inputs, writing(context)),
      );
    },
  }),
  route({
    method: 'GET',
    path: '/conversions',
    permission: 'orders:read',
    narrowedFor: ['owner', 'retailer'],
    tag,
    summary: 'List conversions, the latest first',
    query: conversionsQuery,
    data: z.array(conversionData),
    async handle({ query }, context) {
      const { conversions, next_cursor } = await listConversions(context, query);
      return { data: conversions, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/conversions/:id',
    permission: 'orders:read',
    narrowedFor: ['owner', 'retailer'],
    tag,
    summary: 'Show a conversion',
    params: z.object({ id: z.uuid() }),
    data: conversionData,
    async handle({ params: { id } }, context) {
      return { data: await readConversion(context, id) };
    },
  }),
];

function writing({ clock, actor, settings }: RouteContext) {
  return { clock, actor: actor.name, currency: settings.currency, receivedVia: 'api' };
}
