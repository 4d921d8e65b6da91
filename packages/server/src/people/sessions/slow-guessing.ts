import { isIPv6 } from 'node:net';
import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { TouchstoneError } from '../../vocabulary/errors.ts';

/** Whose password is tried, and from where; without an address (the command line) there is one place. */
export type Attempt = { email: string; address: string | undefined };

// From the fifth failure on an account from one network, and the fiftieth from a network at all (an office shares one),
// each doubles the wait: 1 s, 2 s, 4 s … 15 minutes. An account has no count of its own, or anybody could lock it.
const freeFailures = { account: 5, network: 50 };
const longestWaitSeconds = 900;
const forgottenAfterMs = 24 * 3_600_000;

/**
 * Counts an attempt as failed before it is made, so that a hundred at once are not all free.
 *
 * @throws rate_limited while those before it must be waited for
 */
export async function countAttempt(db: Database, attempt: Attempt, now: Date): Promise<void> {
  await countFailure(db, accountOf(attempt), freeFailures.account, now);
  await countFailure(db, networkOf(attempt), freeFailures.network, now);
}

/** Takes back what `countAttempt` counted, since it was the right password. */
export async function forgiveAttempt(db: Database, attempt: Attempt, now: Date): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('subject', '=', accountOf(attempt)).execute();
  await db
    .updateTable('sign_in_attempts')
    .set((row) => ({ failures: row('failures', '-', 1), blocked_until: now }))
    .where('subject', '=', networkOf(attempt))
    .where('failures', '>', 0)
    .execute();
}

/** Forgets attempts of which none came for a day. */
export async function forgetOldAttempts(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - forgottenAfterMs);
  await db.deleteFrom('sign_in_attempts').where('last_at', '<', before).execute();
}

async function countFailure(db: Database, subject: string, free: number, now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - forgottenAfterMs);
  const failures = sql<number>`case when held.last_at < ${forgotten} then 1 else held.failures + 1 end`;
  const { rows } = await sql<{ subject: string }>`
    insert into sign_in_attempts as held (subject, failures, last_at, blocked_until)
    values (${subject}, 1, ${now}, ${now})
    on conflict (subject) do update set
      failures = ${failures},
      last_at = excluded.last_at,
      blocked_until = excluded.last_at + case when ${failures} < ${free} then interval '0'
        else make_interval(secs => least(${longestWaitSeconds}, power(2, least(${failures} - ${free}, 20)))) end
    where held.blocked_until <= excluded.last_at
    returning subject`.execute(db);
  if (rows.length === 0) await refuse(db, subject, now);
}

async function refuse(db: Database, subject: string, now: Date): Promise<void> {
  const held = await db
    .selectFrom('sign_in_attempts')
    .select('blocked_until')
    .where('subject', '=', subject)
    .executeTakeFirst();
  const seconds = Math.max(1, Math.ceil(((held?.blocked_until ?? now).getTime() - now.getTime()) / 1000));
  throw new TouchstoneError(
    'rate_limited',
    `Too many failed attempts. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    [],
    seconds,
  );
}

function accountOf({ email, address }: Attempt): string {
  return `${email} from ${networkIn(address)}`;
}

function networkOf({ address }: Attempt): string {
  return `anybody from ${networkIn(address)}`;
}

/** Who has an IPv6 address has 2^64 of them: the network is what counts. */
function networkIn(address = 'here'): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Array<string>(8 - before.length - after.length).fill('0') : [];
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
