import { sql } from 'kysely';
import { z } from 'zod';
import { type Database, inTransaction } from '../../database/index.ts';
import { eraseArrivals } from '../../intake/index.ts';
import { eraseCustomers, findPerson } from '../../orders/index.ts';
import { eraseContacts } from '../../partners/index.ts';
import {
  eraseFromAudit,
  type Person,
  type PersonInput,
  rememberErasedPerson,
  writeAudit,
} from '../../people/index.ts';
import { eraseMails, eraseVisits } from '../../touches/index.ts';
import { addressPattern, erasedMark } from '../../vocabulary/address-pattern.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { subjectOf } from './subject-of.ts';

/** How many rows of each were somebody's, and are nobody's now. */
export const erasedPerson = z.object({
  customers: z.int(),
  orders: z.int(),
  email_sends: z.int(),
  email_events: z.int(),
  visits: z.int(),
  partners: z.int(),
  webhook_deliveries: z.int(),
  rejected_rows: z.int(),
  audit_entries: z.int(),
});

/**
 * Takes a person out of everything that is held: name, address, and whatever else leads to them.
 * What was sold, sent and clicked stays, and so does every figure; what comes later about them is kept without them.
 * It reads through all visits and deliveries, which takes a while where there are millions. Safe to repeat.
 *
 * @throws not_found
 */
export async function erasePerson(
  { db, actor, clock }: RouteContext,
  input: PersonInput,
  reason: string,
): Promise<z.output<typeof erasedPerson>> {
  const now = clock.now();
  // First, and by itself: whoever was writing about them has ended then, and nobody waits for what follows.
  const { email_hash } = await findPerson(db, input);
  if (email_hash !== null) await inTransaction(db, (tx) => rememberErasedPerson(tx, email_hash, now));
  return await inTransaction(db, async (tx) => {
    const person = await findPerson(tx, input);
    const erased = {
      ...(await eraseCustomers(tx, person, now)),
      ...(await eraseMails(tx, person)),
      visits: await eraseVisits(tx, person),
      partners: await eraseContacts(tx, person, now),
      ...(await eraseArrivals(tx, person)),
      audit_entries: await eraseFromAudit(tx, person),
    };
    await eraseAnswers(tx, person);
    await writeAudit(tx, {
      actor: actor.name,
      action: 'personal_data.erase',
      ...subjectOf(person),
      after: erased,
      reason: withoutAddress(reason, person),
      at: now,
    });
    return erased;
  });
}

/** Answers that are kept for a day to be given again: the same request then finds all as it is, and says so. */
async function eraseAnswers(tx: Database, { email, customer_ids }: Person): Promise<void> {
  const words = [...(email === null ? [] : [addressPattern(email)]), ...customer_ids];
  if (words.length === 0) return;
  await sql`delete from idempotency_keys where reply::text ~* ${words.join('|')}`.execute(tx);
}

function withoutAddress(reason: string, { email }: Person): string {
  return email === null ? reason : reason.replace(new RegExp(addressPattern(email), 'gi'), erasedMark);
}
