import { z } from 'zod';
import { type Route, route } from '../../vocabulary/route.ts';
import { spendData } from '../campaign-data.ts';
import { idField } from '../campaign-fields.ts';
import { addSpend } from './add-spend.ts';
import { listSpend } from './list-spend.ts';
import { spendJson } from './spend-entry.ts';
import { type SpendInput, spendBody, spendFilterFields } from './spend-fields.ts';

const tag = 'Campaigns';
const path = '/campaigns/:id/spend';
const params = z.object({ id: idField });

export const routes: Route[] = [
  route({
    method: 'POST',
    path,
    permission: 'spend:write',
    tag,
    summary: 'Record what the campaign cost on a day, or on several',
    params,
    body: spendBody,
    data: z.union([spendData, z.array(spendData)]),
    async handle({ params: { id }, body: { items, ...single } }, context) {
      const place = (n: number) => (items === undefined ? '' : `items.${n}.`);
      const recorded = await addSpend(context, id, items ?? [single as SpendInput], place);
      const entries = recorded.map(({ entry }) => spendJson(entry));
      const outcomes = recorded.map(({ outcome }) => outcome);
      return {
        status: outcomes.every((outcome) => outcome === 'unchanged') ? 200 : 201,
        data: items === undefined ? entries[0] : entries,
        meta: items === undefined ? { outcome: outcomes[0] } : { outcomes },
      };
    },
  }),
  route({
    method: 'GET',
    path,
    permission: 'spend:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'List what the campaign cost, latest day first; meta holds the totals by currency',
    params,
    query: spendFilterFields,
    data: z.array(spendData),
    async handle({ params: { id }, query }, context) {
      const { entries, ...meta } = await listSpend(context, id, query);
      return { data: entries, meta };
    },
  }),
];
