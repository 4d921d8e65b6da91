import { z } from 'zod';
import type { Database } from '../../../database/index.ts';
import { decodeCursor, encodeCursor } from '../../../vocabulary/cursor.ts';
import { notFound } from '../../../vocabulary/errors.ts';
import { timestampField } from '../../../vocabulary/fields.ts';
import type { ImportKind } from '../kinds/import-kinds.ts';
import type { ImportRow } from './hold-import.ts';

const place = z.tuple([timestampField, z.uuid()]);

/** Imports, the newest first, a page at a time. */
export async function listImports(
  db: Database,
  { kind, limit, cursor }: { kind?: ImportKind; limit: number; cursor?: string },
) {
  let query = db.selectFrom('imports').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc');
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (cursor !== undefined) {
    const [at, id] = decodeCursor('imports', place, cursor);
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(at, id)));
  }
  const rows = await query.limit(limit + 1).execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    imports: page.map(show),
    next_cursor: hasMore ? encodeCursor('imports', [last.created_at.toISOString(), last.id]) : null,
  };
}

/** @throws not_found */
export async function readImport(db: Database, id: string) {
  const row = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('import', id);
  return show(row);
}

function show({ fingerprint: _, mapping: __, position, ...row }: ImportRow) {
  return {
    ...row,
    records: position,
    created_at: row.created_at.toISOString(),
    changed_at: row.changed_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
  };
}
