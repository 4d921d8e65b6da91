import { type Kysely, sql } from 'kysely';
import { inTransaction } from './in-transaction.ts';
import type { Tables } from './tables.ts';

/**
 * Runs `work` in one transaction that does not wait for the disk, nor lets others wait behind it. For what is done again
 * when it is lost, by a job that ends only afterwards: what writes that the job has ended waits for both.
 */
export async function inRepeatableTransaction<Result>(
  db: Kysely<Tables>,
  work: (tx: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  return await inTransaction(db, async (tx) => {
    await sql`set local synchronous_commit to off`.execute(tx);
    return await work(tx);
  });
}
