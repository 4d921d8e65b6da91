import { z } from 'zod';
import { type Route, route } from '../../vocabulary/route.ts';
import { csvOfRows } from '../show/csv-of-rows.ts';
import { emailQuery } from './ask/email-query.ts';
import { readSummary, summaryRow } from './summary.ts';

const performanceRow = summaryRow.omit({ rank: true });
const columns = Object.keys(performanceRow.shape);

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/:id/email-performance',
    permission: 'emails:read',
    narrowedFor: ['owner', 'retailer'],
    tag: 'Email reports',
    summary: 'Show what a campaign mailed, sold, cost and returned',
    csv: true,
    params: z.object({ id: z.uuid() }),
    query: emailQuery.pick({ from: true, to: true, tz: true, currency: true, model: true }),
    data: performanceRow,
    async handle({ params: { id }, query }, context) {
      const { rows, meta, question } = await readSummary(context, { ...query, campaign_id: id });
      const [data] = rows;
      return {
        data,
        meta,
        csv: csvOfRows(`email-performance-${id}`, rows, { columns, currency: question.currency }),
      };
    },
  }),
];
