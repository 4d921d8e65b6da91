import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { conflict } from '../../../vocabulary/errors.ts';
import type { Place } from './hold-import.ts';

/** Something of a record that was refused, and where it stands. */
export type Rejection = {
  file: string;
  line: number;
  /** Of the API; null when the row as a whole is at fault. */
  field: string | null;
  column_name: string | null;
  reason: string;
  /** As it stands in the file. */
  row: Record<string, unknown>;
};

/** What became of records; each of them is in one of the counts. */
export type Counts = Record<'created' | 'updated' | 'unchanged' | 'ignored_older' | 'rejected', number>;

export const noCounts: Counts = { created: 0, updated: 0, unchanged: 0, ignored_older: 0, rejected: 0 };

/** Some records that are done: how many there were, and what was refused of them, by place among them. */
export type Progress = {
  records: number;
  counts: Counts;
  rejections: { place: number; faults: Rejection[] }[];
};

/**
 * Keeps how far an import has come, in the transaction that records what it counts.
 *
 * @throws conflict when another process carries out the same import
 */
export async function keepProgress(
  tx: Database,
  { id, position }: Place,
  { records, counts, rejections }: Progress,
  now: Date,
): Promise<void> {
  const kept = await tx
    .updateTable('imports')
    .set((each) => ({
      position: position + records,
      created: each('created', '+', counts.created),
      updated: each('updated', '+', counts.updated),
      unchanged: each('unchanged', '+', counts.unchanged),
      ignored_older: each('ignored_older', '+', counts.ignored_older),
      rejected: each('rejected', '+', counts.rejected),
      changed_at: now,
    }))
    .where('id', '=', id)
    .where('position', '=', position)
    .where('status', '=', 'running')
    .executeTakeFirst();
  if (kept.numUpdatedRows !== 1n) {
    throw conflict('Another process carries out this import. Let it finish; nothing was recorded twice.');
  }
  const rows = rejections.flatMap(({ place, faults }) =>
    faults.map((fault, fault_no) => ({ ...fault, position: position + place, fault_no })),
  );
  if (rows.length === 0) return;
  // The row travels as text inside the text: JSON may hold what PostgreSQL's text may not.
  const sent = JSON.stringify(
    rows.map((each) => ({ ...each, row: JSON.stringify(each.row) })),
    storable,
  );
  await sql`
    insert into import_rejections (import_id, position, fault_no, file, line, field, column_name, reason, row)
    select ${id}::uuid, position, fault_no, file, line, field, column_name, reason, row::json
      from json_to_recordset(${sent}::json) as sent (
        position int, fault_no int, file text, line int, field text, column_name text, reason text, row text
      )`.execute(tx);
}

function storable(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '\ufffd') : value;
}

/** Says how an import ended; nothing when another process has taken it on since. */
export async function endImport(
  db: Database,
  { id, position }: Place,
  { status, error, now }: { status: 'completed' | 'stopped' | 'failed'; error?: string; now: Date },
): Promise<void> {
  await db
    .updateTable('imports')
    .set({ status, error: error ?? null, changed_at: now, finished_at: now })
    .where('id', '=', id)
    .where('position', '=', position)
    .where('status', '=', 'running')
    .execute();
}
