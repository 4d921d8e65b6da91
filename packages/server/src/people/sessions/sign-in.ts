import { type Database, inTransaction } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import type { Client } from '../../vocabulary/route.ts';
import { isPassword } from '../passwords/hash-password.ts';
import { emailAsKept } from '../users/user.ts';
import { writeAudit } from '../write-audit.ts';
import { countAttempt, forgiveAttempt } from './slow-guessing.ts';
import { type StartedSession, startSession } from './start-session.ts';

/**
 * Starts a session for who knows the password. Whether the account exists, is disabled, or the password is wrong
 * cannot be told from the answer, nor from how long it takes.
 *
 * @throws unauthenticated · rate_limited after several failures
 */
export async function signIn(
  db: Database,
  { clock, client }: { clock: Clock; client?: Client },
  given: { email: string; password: string },
): Promise<StartedSession & { user_id: string }> {
  const at = clock.now();
  const email = emailAsKept(given.email);
  const attempt = { email, address: client?.address };
  await countAttempt(db, attempt, at);
  const user = await db
    .selectFrom('users')
    .select(['id', 'password_hash', 'disabled_at'])
    .where('email', '=', email)
    .executeTakeFirst();
  const right = await isPassword(given.password, user?.password_hash);
  if (user === undefined || !right || user.disabled_at !== null) return refuse(db, email, client, at);
  await forgiveAttempt(db, attempt, at);
  const session = await inTransaction(db, async (tx) => {
    // Another password, or a disabling, that ended every session meanwhile shall not be survived by this one.
    const now = await tx
      .selectFrom('users')
      .select(['password_hash', 'disabled_at'])
      .where('id', '=', user.id)
      .forUpdate()
      .executeTakeFirst();
    if (now?.password_hash !== user.password_hash || now.disabled_at !== null) return undefined;
    await writeAudit(tx, { ...signInOf(email, client, at), actor: `user:${email}`, action: 'session.start' });
    return startSession(tx, user.id, client, at);
  });
  return session === undefined ? refuse(db, email, client, at) : { ...session, user_id: user.id };
}

async function refuse(db: Database, email: string, client: Client | undefined, at: Date): Promise<never> {
  await writeAudit(db, { ...signInOf(email, client, at), actor: 'nobody', action: 'session.refuse' });
  throw new TouchstoneError('unauthenticated', 'The address or the password is wrong.');
}

function signInOf(email: string, client: Client | undefined, at: Date) {
  const after = { address: client?.address ?? null };
  return { subject_kind: 'account', subject_id: email, after, at };
}
