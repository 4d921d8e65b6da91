import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../vocabulary/cursor.ts';
import { pageFields, timestampField } from '../../vocabulary/fields.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { reportQuery } from '../ask/report-query.ts';
import { resolveRange } from '../ask/resolve-range.ts';
import { credits, readCredits } from './kinds/credits.ts';

const creditData = z.object({
  id: z.uuid(),
  order_id: z.uuid(),
  line_no: z.int().meta({ description: '0 stands for shipping and tax' }),
  campaign_id: z.uuid(),
  campaign_name: z.string(),
  model: z.string(),
  model_version: z.int(),
  kind: z.enum(['credit', 'reversal', 'refund', 'correction']),
  currency: z.string(),
  quantity: z.number(),
  revenue: z.number(),
  profit: z.number().nullable().meta({ description: 'Null where the cost is unknown' }),
  sale_time: z.iso.datetime(),
  posted_at: z.iso.datetime(),
  matched_count: z.int(),
  reason: z.string(),
  run: z.uuid().nullable(),
});

const place = z.tuple([timestampField, z.uuid(), z.uuid()]);

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/credits',
    permission: 'credits:read',
    tag: 'Attribution',
    summary: 'The entries of the ledger by the time of the sale, the earliest first',
    csv: true,
    query: z.object({
      ...pageFields,
      from: reportQuery.shape.from,
      to: reportQuery.shape.to,
      model: z.string().max(100).optional().meta({ example: 'product_split' }),
      campaign_id: z.uuid().optional(),
    }),
    data: z.array(creditData),
    async handle({ query: { limit, cursor, from, to, ...filter } }, { db, settings }) {
      const after = cursor === undefined ? undefined : decodeCursor('credits', place, cursor);
      const span = resolveRange(from, to, settings.timeZone);
      const { rows, last } = await readCredits(db, { ...filter, ...span }, after, limit + 1);
      const page = rows.slice(0, limit);
      const shown = page.at(-1);
      const hasMore = last !== undefined && rows.length > limit && shown !== undefined;
      const next_cursor = hasMore
        ? encodeCursor('credits', [shown.sale_time, shown.order_id, shown.id])
        : null;
      const csv = { filename: 'credits.csv', columns: credits.columns, rows: page };
      return { data: page, meta: { next_cursor }, csv };
    },
  }),
];
