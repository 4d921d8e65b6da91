import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

// Arbitrary, and only ours.
const lock = 7_113_009;

/**
 * Which of these people, by the hash of their address, asked to be forgotten; in hexadecimal. Whoever is to be
 * remembered as such waits until the transaction that asked has ended.
 */
export async function readErasedPeople(tx: Database, emailHashes: Buffer[]): Promise<Set<string>> {
  if (emailHashes.length === 0) return new Set();
  await sql`select pg_advisory_xact_lock_shared(${lock})`.execute(tx);
  const rows = await tx
    .selectFrom('erased_people')
    .select('email_hash')
    .where('email_hash', '=', sql<Buffer>`any(${emailHashes}::bytea[])`)
    .execute();
  return new Set(rows.map(({ email_hash }) => email_hash.toString('hex')));
}

/** Remembers that somebody is to stay forgotten: who writes from then on knows, and who wrote before has ended. */
export async function rememberErasedPerson(tx: Database, email_hash: Buffer, erased_at: Date): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock})`.execute(tx);
  await tx
    .insertInto('erased_people')
    .values({ email_hash, erased_at })
    .onConflict((conflict) => conflict.column('email_hash').doNothing())
    .execute();
}
