import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { isWorthRepeating } from './sqlstate.ts';
import type { Tables } from './tables.ts';

const attempts = 5;

/**
 * Runs `work` in one transaction (read committed), from the start again when the database asked it to give way to
 * another (deadlock, serialization failure). `work` must therefore do nothing outside the database.
 * Called with a transaction it joins that one: repeating is then up to whoever opened it.
 */
export async function inTransaction<Result>(
  db: Kysely<Tables>,
  work: (tx: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  if (db.isTransaction) return work(db);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel('read committed').execute(work);
    } catch (error) {
      if (attempt === attempts || !isWorthRepeating(error)) throw error;
      // A deadlock's winner needs a moment to commit; five tries wait 150 ms in all.
      await wait(15 * attempt);
    }
  }
}
