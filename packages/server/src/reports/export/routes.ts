import { z } from 'zod';
import { entryColumns, entryShape } from '../../ledger/index.ts';
import { decodeCursor, encodeCursor } from '../../vocabulary/cursor.ts';
import { pageFields, timestampField } from '../../vocabulary/fields.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { reportQuery } from '../ask/report-query.ts';
import { resolveRange } from '../ask/resolve-range.ts';
import { readCredits } from './kinds/credits.ts';

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
      versions: z.enum(['published', 'all']).default('published').meta({
        description: 'all: what retired versions of the models were credited with, too',
      }),
    }),
    data: z.array(entryShape),
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
      const csv = { filename: 'credits.csv', columns: entryColumns, rows: page };
      return { data: page, meta: { next_cursor }, csv };
    },
  }),
];
