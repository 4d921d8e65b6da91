import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Database, Tables } from '../../database/index.ts';
import { decodeCursor, encodeCursor } from '../../vocabulary/cursor.ts';
import { notFound } from '../../vocabulary/errors.ts';
import { pageFields, timestampField } from '../../vocabulary/fields.ts';

const faults = z.array(z.object({ index: z.int(), message: z.string() }));

/** A delivery as the API shows it. */
export const deliveryData = z.object({
  id: z.uuid(),
  provider: z.string(),
  received_at: z.iso.datetime(),
  status: z.enum(['waiting', 'processed', 'failed']),
  attempts: z.int(),
  events: z.int(),
  recorded: z.int(),
  unchanged: z.int().meta({ description: 'Events that were known already' }),
  ignored: z.int().meta({ description: 'Events of kinds that are none of our business' }),
  faults: faults.meta({ description: 'Events that could not be taken, by their place' }),
  error: z.string().nullable(),
  processed_at: z.iso.datetime().nullable(),
});
export const deliveryWithBodyData = deliveryData.extend({
  body: z.string().meta({ description: 'As it came' }),
});

export const deliveriesQuery = z.object({
  ...pageFields,
  provider: z.string().max(50).optional(),
  status: z.enum(['waiting', 'processed', 'failed']).optional(),
  with_faults: z.enum(['true']).optional().meta({ description: 'Those with faulty events only.' }),
});

const cursorKey = z.tuple([timestampField, z.uuid()]);

/** Deliveries, the latest first, a page at a time. */
export async function listDeliveries(
  db: Database,
  { provider, status, with_faults, limit, cursor }: z.output<typeof deliveriesQuery>,
) {
  let query = db.selectFrom('webhook_deliveries').selectAll();
  if (provider !== undefined) query = query.where('provider', '=', provider);
  if (status !== undefined) query = query.where('status', '=', status);
  if (with_faults !== undefined) query = query.where(sql<boolean>`faults <> '[]'::jsonb`);
  if (cursor !== undefined) {
    const [at, id] = decodeCursor('webhook-deliveries', cursorKey, cursor);
    query = query.where(sql<boolean>`(received_at, id) < (${at}, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    deliveries: page.map(show),
    next_cursor: hasMore
      ? encodeCursor('webhook-deliveries', [last.received_at.toISOString(), last.id])
      : null,
  };
}

/** @throws not_found */
export async function readDelivery(db: Database, id: string): Promise<z.output<typeof deliveryWithBodyData>> {
  const row = await db.selectFrom('webhook_deliveries').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('webhook delivery', id);
  return { ...show(row), body: row.body.toString() };
}

function show({ body: _, ...row }: Selectable<Tables['webhook_deliveries']>): z.output<typeof deliveryData> {
  return {
    ...row,
    received_at: row.received_at.toISOString(),
    faults: row.faults as z.output<typeof faults>,
    processed_at: row.processed_at?.toISOString() ?? null,
  };
}
