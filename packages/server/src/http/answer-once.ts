import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, inTransaction, sqlstate } from '../database/index.ts';
import { invalid } from '../vocabulary/errors.ts';
import type { Answer } from './answer.ts';
import { Refused } from './refusals.ts';

/** What an Idempotency-Key stands for: one request of one actor to one address. */
export type Once = { actor: string; path: string; key: string; request: unknown; now: Date };

/** A failure to be told and kept under the key, after everything written on the way to it has been undone. */
export class KeptFailure extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('A request with an Idempotency-Key was refused.');
    this.answer = answer;
  }
}

const keptForMs = 24 * 60 * 60 * 1000;

/**
 * Carries out a request under its Idempotency-Key: at most once within 24 hours, however often it is sent.
 *
 * The key, everything `work` writes and the answer are one transaction. A process that dies in between leaves neither
 * the writes nor the key, and a repeat that arrives meanwhile waits on the key's row. `work` must therefore write
 * through the transaction it is given. It throws KeptFailure for a refusal that shall be repeated as well; anything
 * else it throws is forgotten, so that a repeat tries again.
 *
 * @throws invalid when the key was used for another body; conflict when the first request is still under way
 */
export async function answerOnce(
  db: Database,
  once: Once,
  work: (tx: Database) => Promise<Answer>,
): Promise<{ answer: Answer; replayed: boolean }> {
  try {
    return await inTransaction(db, async (tx) => {
      const kept = await claim(tx, once);
      if (kept !== undefined) return { answer: kept, replayed: true };
      const answer = await work(tx);
      await keep(tx, once, answer);
      return { answer, replayed: false };
    });
  } catch (error) {
    if (!(error instanceof KeptFailure)) throw error;
    return await inTransaction(db, async (tx) => {
      const kept = await claim(tx, once);
      if (kept !== undefined) return { answer: kept, replayed: true };
      await keep(tx, once, error.answer);
      return { answer: error.answer, replayed: false };
    });
  }
}

/** Forgets answers that nobody may ask for again. */
export async function forgetOldAnswers(db: Database, now: Date): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', new Date(now.getTime() - keptForMs))
    .execute();
}

// A repeat waits this long for the first to finish: longer than nearly every request, shorter than a caller's patience.
const longestWait = '5s';

/** Takes the key; returns the answer kept under it when the request has been carried out before. */
async function claim(tx: Database, once: Once): Promise<Answer | undefined> {
  await sql`select set_config('lock_timeout', ${longestWait}, true)`.execute(tx);
  const hash = hashOf(once.request);
  const taken = await tx
    .insertInto('idempotency_keys')
    .values({ ...addressOf(once), request_hash: hash, status: null, reply: null, created_at: once.now })
    .onConflict((on) =>
      on
        .columns(['actor', 'path', 'key'])
        .doUpdateSet((row) => ({
          request_hash: row.ref('excluded.request_hash'),
          created_at: row.ref('excluded.created_at'),
          status: null,
          reply: null,
        }))
        .where('idempotency_keys.created_at', '<', new Date(once.now.getTime() - keptForMs)),
    )
    .returning('key')
    .executeTakeFirst()
    .catch(refuseWaiting);
  await sql`set local lock_timeout to default`.execute(tx);
  return taken === undefined ? readKept(tx, once, hash) : undefined;
}

async function readKept(tx: Database, once: Once, hash: Buffer): Promise<Answer | undefined> {
  const kept = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'reply'])
    .where((row) => row.and(addressOf(once)))
    .executeTakeFirst();
  // Forgotten between the two statements: it had expired, and the caller may send it again.
  if (kept === undefined) throw stillUnderWay();
  if (!kept.request_hash.equals(hash)) {
    throw invalid(
      'Idempotency-Key',
      'has been used for a request with another body; send a new key with a new request',
    );
  }
  return kept.reply as Answer;
}

async function keep(tx: Database, once: Once, answer: Answer): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ status: answer.status, reply: JSON.stringify(answer) })
    .where((row) => row.and(addressOf(once)))
    .execute();
}

function addressOf({ actor, path, key }: Once) {
  return { actor, path, key };
}

function hashOf(request: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(request) ?? '')
    .digest();
}

function refuseWaiting(error: unknown): never {
  const lockNotAvailable = '55P03';
  throw sqlstate(error) === lockNotAvailable ? stillUnderWay() : error;
}

function stillUnderWay(): Refused {
  return new Refused({
    status: 409,
    code: 'conflict',
    message: 'A request with this Idempotency-Key is still being carried out; ask again in a moment.',
    retryAfter: 1,
  });
}
