import { sql } from 'kysely';
import { z } from 'zod';
import { seenCampaignIds } from '../../campaigns/index.ts';
import type { Database } from '../../database/index.ts';
import { isOneOfRetailers } from '../../partners/index.ts';
import { decodeCursor, encodeCursor } from '../../vocabulary/cursor.ts';
import { notFound } from '../../vocabulary/errors.ts';
import { pageFields, timestampField } from '../../vocabulary/fields.ts';
import { formatMoney } from '../../vocabulary/money.ts';
import type { Scope } from '../../vocabulary/permission.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { conversionKinds } from './conversion-input.ts';
import type { ConversionRow } from './conversion-row.ts';

/** A conversion as the API shows it. */
export const conversionData = z.object({
  id: z.uuid(),
  source: z.string(),
  external_id: z.string(),
  received_via: z.string(),
  kind: z.enum(conversionKinds),
  value: z.number().nullable(),
  currency: z.string(),
  converted_at: z.iso.datetime(),
  updated_at: z.iso.datetime().nullable(),
  withdrawn: z.boolean(),
  product_category: z.string().nullable(),
  campaign_id: z.uuid().nullable(),
  reported_campaign: z.string().nullable(),
  retailer: z.string().nullable(),
  send_id: z.uuid().nullable(),
  customer_id: z.uuid().nullable(),
  order_id: z.uuid().nullable(),
  names_order: z
    .boolean()
    .meta({ description: 'Whether it named its order; else the order was made of it.' }),
});
export type ConversionData = z.output<typeof conversionData>;

export const conversionsQuery = z.object({
  ...pageFields,
  kind: z.enum(conversionKinds).optional(),
  campaign_id: z.uuid().optional(),
  source: z.string().optional(),
  external_id: z.string().optional(),
  order_id: z.uuid().optional(),
});

type Reading = Pick<RouteContext, 'db' | 'actor'>;

/** @throws not_found, also where it is not in the scope of who asks */
export async function readConversion({ db, actor }: Reading, id: string): Promise<ConversionData> {
  const row = await seen(db, actor.scope).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('conversion', id);
  return show(row);
}

const cursorKey = z.tuple([timestampField, z.uuid()]);

/** Conversions, the latest first, a page at a time. */
export async function listConversions(
  { db, actor }: Reading,
  { limit, cursor, ...filter }: z.output<typeof conversionsQuery>,
): Promise<{ conversions: ConversionData[]; next_cursor: string | null }> {
  let query = seen(db, actor.scope);
  for (const name of ['kind', 'campaign_id', 'source', 'external_id', 'order_id'] as const) {
    const value = filter[name];
    if (value !== undefined) query = query.where(name, '=', value);
  }
  if (cursor !== undefined) {
    const [at, id] = decodeCursor('conversions', cursorKey, cursor);
    query = query.where(sql<boolean>`(converted_at, id) < (${at}, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('converted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    conversions: page.map(show),
    next_cursor: hasMore ? encodeCursor('conversions', [last.converted_at.toISOString(), last.id]) : null,
  };
}

function seen(db: Database, scope: Scope) {
  const query = db.selectFrom('conversions').selectAll();
  switch (scope.kind) {
    case 'all':
      return query;
    case 'owner':
      return query.where(sql<boolean>`campaign_id = any(array${seenCampaignIds(scope)})`);
    case 'retailer':
      return query.where(isOneOfRetailers(sql`retailer`, scope.retailers));
  }
}

function show(row: ConversionRow): ConversionData {
  const { payload_hash: _, created_at: __, changed_at: ___, value_minor, ...rest } = row;
  return {
    ...rest,
    value: value_minor === null ? null : formatMoney(value_minor, row.currency),
    converted_at: row.converted_at.toISOString(),
    updated_at: row.updated_at?.toISOString() ?? null,
  };
}
