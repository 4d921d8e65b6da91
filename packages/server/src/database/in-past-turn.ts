import { type Kysely, sql } from 'kysely';
import { inTransaction } from './in-transaction.ts';
import type { Tables } from './tables.ts';

let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Runs pieces of work on the past one after the other in this process, whoever asks for them: however much there is, it
 * keeps one connection to the database busy, and leaves the rest of the machine to what happens now.
 */
export async function inPastTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const turn = lastTurn.then(work);
  lastTurn = turn.catch(() => undefined);
  return await turn;
}

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
