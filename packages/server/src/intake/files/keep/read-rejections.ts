import { z } from 'zod';
import type { Database } from '../../../database/index.ts';
import { decodeCursor, encodeCursor } from '../../../vocabulary/cursor.ts';
import type { Rejection } from './keep-progress.ts';

/** What was refused, as it is shown. */
export type ShownRejection = Omit<Rejection, 'column_name'> & { column: string | null };

const place = z.tuple([z.int(), z.int()]);

/** What an import refused, in the order of its records, a page at a time. */
export async function listRejections(
  db: Database,
  importId: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ rejections: ShownRejection[]; next_cursor: string | null }> {
  const [position, fault] = cursor === undefined ? [-1, -1] : decodeCursor('rejections', place, cursor);
  const rows = await db
    .selectFrom('import_rejections')
    .select(['position', 'fault_no', 'file', 'line', 'field', 'column_name as column', 'reason', 'row'])
    .where('import_id', '=', importId)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('position', 'fault_no'), '>', tuple(position, fault)))
    .orderBy('position')
    .orderBy('fault_no')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rejections: page.map(({ position: _, fault_no: __, row, ...rejection }) => ({
      ...rejection,
      row: row as Record<string, unknown>,
    })),
    next_cursor:
      rows.length > limit && last !== undefined
        ? encodeCursor('rejections', [last.position, last.fault_no])
        : null,
  };
}

/** All that an import refused; memory stays flat. */
export async function* readRejections(db: Database, importId: string): AsyncGenerator<ShownRejection> {
  for (let cursor: string | undefined; ; ) {
    const page = await listRejections(db, importId, {
      limit: 1_000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* page.rejections;
    if (page.next_cursor === null) return;
    cursor = page.next_cursor;
  }
}
