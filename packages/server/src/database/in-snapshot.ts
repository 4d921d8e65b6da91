import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Reads with several statements as of one moment: what others commit meanwhile is seen by none of them. Called with a
 * transaction it reads within that one, which has its own view.
 */
export async function inSnapshot<Result>(
  db: Kysely<Tables>,
  read: (tx: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  if (db.isTransaction) return read(db);
  return await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}
