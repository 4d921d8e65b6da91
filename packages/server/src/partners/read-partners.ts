import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../database/index.ts';
import { decodeCursor, encodeCursor } from '../vocabulary/cursor.ts';
import { notFound } from '../vocabulary/errors.ts';
import type { Scope } from '../vocabulary/permission.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import type { PartnerData, PartnerFilter } from './partner-fields.ts';
import { nameKeyOf } from './resolve-partners.ts';
import { isSeenPartner } from './seen-partners.ts';

/** @throws not_found, also where it is not in the scope of who asks */
export async function readPartner(
  { db, actor }: Pick<RouteContext, 'db' | 'actor'>,
  id: string,
): Promise<PartnerData> {
  const row = await partnersSeen(db, actor.scope).where('partners.id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('partner', id);
  return show(row);
}

const cursorKey = z.tuple([z.string(), z.uuid()]);

/** Partners by name, a page at a time. */
export async function listPartners(
  { db, actor }: Pick<RouteContext, 'db' | 'actor'>,
  { kind, region, active, search, limit, cursor }: PartnerFilter,
): Promise<{ partners: PartnerData[]; next_cursor: string | null }> {
  let query = partnersSeen(db, actor.scope);
  if (kind !== undefined) query = query.where('partners.kind', '=', kind);
  if (region !== undefined) query = query.where('region', '=', region);
  if (active !== undefined) query = query.where('active', '=', active);
  if (search !== undefined) {
    const pattern = `%${nameKeyOf(search).replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(sql<boolean>`exists (
      select from partner_names named where named.partner_id = partners.id and named.position >= 0 and named.name_key like ${pattern})`);
  }
  if (cursor !== undefined) {
    const [name, id] = decodeCursor('partners', cursorKey, cursor);
    query = query.where(sql<boolean>`(partners.name, partners.id) > (${name}, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('partners.name')
    .orderBy('partners.id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    partners: page.map(show),
    next_cursor: hasMore ? encodeCursor('partners', [last.name, last.id]) : null,
  };
}

function partnersSeen(db: Database, scope: Scope) {
  return db
    .selectFrom('partners')
    .selectAll()
    .select(
      sql<string[]>`array(
        select named.name from partner_names named
         where named.partner_id = partners.id and named.position > 0 order by named.position)`.as('aliases'),
    )
    .where(isSeenPartner(scope));
}

function show(row: Omit<PartnerData, 'created_at' | 'updated_at'> & { created_at: Date; updated_at: Date }) {
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
}
