import type { Database } from '../../database/index.ts';
import type { Counts } from './keep/keep-progress.ts';
import { listRejections, type ShownRejection } from './keep/read-rejections.ts';
import type { ImportKind } from './kinds/import-kinds.ts';

/** What became of an import, the earlier runs that this one went on with among it. */
export type ImportSummary = Counts & {
  /** By which it is found under `GET /imports`; null for a dry run. */
  id: string | null;
  kind: ImportKind;
  dry_run: boolean;
  status: 'completed' | 'stopped';
  files: string[];
  /** How many records earlier runs had done. */
  resumed_at: number;
  /** Each is in one of the counts. */
  records: number;
  /** Of this run. */
  seconds: number;
  /** The first of what was refused. */
  first_rejections: Omit<ShownRejection, 'row'>[];
};

const firstFew = 10;

/** Reads what became of an import that has ended. */
export async function summariseImport(
  db: Database,
  id: string,
): Promise<Omit<ImportSummary, 'resumed_at' | 'seconds'>> {
  const row = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const { rejections } = await listRejections(db, id, { limit: firstFew });
  const { kind, status, created, updated, unchanged, ignored_older, rejected } = row;
  return {
    id,
    kind,
    dry_run: false,
    status: status === 'completed' ? 'completed' : 'stopped',
    files: (row.files as { name: string }[]).map(({ name }) => name),
    records: row.position,
    ...{ created, updated, unchanged, ignored_older, rejected },
    first_rejections: rejections.map(({ row: _, ...rejection }) => rejection),
  };
}
