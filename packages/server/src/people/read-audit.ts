import { z } from 'zod';
import type { Database } from '../database/index.ts';
import { decodeCursor, encodeCursor } from '../vocabulary/cursor.ts';
import { timestampField } from '../vocabulary/fields.ts';

/** An entry of the audit log as it is shown; `at` is ISO 8601. */
export type AuditView = {
  id: string;
  at: string;
  actor: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  before: unknown;
  after: unknown;
  reason: string | null;
};

/** Which entries: all, or those of a subject, an actor, a kind of action, a time. */
export type AuditFilter = {
  subject_kind?: string;
  subject_id?: string;
  actor?: string;
  action?: string;
  from?: Date;
  to?: Date;
  limit: number;
  cursor?: string;
};

const list = 'audit:at:desc';
const place = z.tuple([timestampField, z.uuid()]);

/**
 * Reads the audit log, the newest entry first. `from` is inside the range, `to` outside.
 *
 * @throws malformed for a cursor of something else
 */
export async function readAudit(
  db: Database,
  { limit, cursor, from, to, ...same }: AuditFilter,
): Promise<{ entries: AuditView[]; next_cursor: string | null }> {
  let query = db.selectFrom('audit_log').selectAll().orderBy('at', 'desc').orderBy('id', 'desc');
  for (const column of ['subject_kind', 'subject_id', 'actor', 'action'] as const) {
    const value = same[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<', to);
  if (cursor !== undefined) {
    const [at, id] = decodeCursor(list, place, cursor);
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'id'), '<', tuple(at, id)));
  }
  // One row more than asked tells whether there is a next page.
  const rows = await query.limit(limit + 1).execute();
  const entries = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = entries.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { entries, next_cursor: hasMore ? encodeCursor(list, [last.at, last.id]) : null };
}
