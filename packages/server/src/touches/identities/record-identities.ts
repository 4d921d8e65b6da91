import { sql } from 'kysely';
import { type Database, inTransaction, plainArray } from '../../database/index.ts';
import { type SessionFact, settleLateFacts } from '../visits/settle-late-facts.ts';

/** That a session was a customer's, as of an instant. */
export type NewIdentity = { session_id: string; customer_id: string; identified_at: Date };

export type IdentityContext = {
  /** Of the settlements that late identities lead to. */
  priority: number;
  /** Orders that are being recorded in the same transaction, and settled anyhow. */
  exceptOrders?: string[];
};

const chunkSize = 1000;

/**
 * The one verb by which identities enter: from a page, a batch, or an order that names both session and customer. The
 * same again changes nothing. Orders that an identity comes late for, of everybody the session was ever known as, are
 * left to be settled again.
 *
 * @returns of each whether it was new, at its place
 */
export async function recordIdentities(
  db: Database,
  identities: NewIdentity[],
  context: IdentityContext,
): Promise<boolean[]> {
  const created: boolean[] = [];
  for (let start = 0; start < identities.length; start += chunkSize) {
    const chunk = identities.slice(start, start + chunkSize);
    const { inserted, unreached } = await inTransaction(db, async (tx) => {
      const rows = await insertBothSides(tx, chunk);
      const facts = rows.map(({ session_id, identified_at }) => ({ session_id, at: identified_at }));
      return { inserted: new Set(rows.map(keyOf)), unreached: await settleLate(tx, facts, context) };
    });
    created.push(...chunk.map((identity) => inserted.delete(keyOf(identity))));
    if (!db.isTransaction) await settleLate(db, unreached, context);
  }
  return created;
}

async function insertBothSides(tx: Database, identities: NewIdentity[]): Promise<NewIdentity[]> {
  // In one order, so that two that insert the same do not wait for each other in a circle.
  const sorted = identities.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const sent = sql`
    unnest(${sorted.map(({ session_id }) => session_id)}::text[],
           ${plainArray(sorted, ({ identified_at }) => identified_at)}::timestamptz[],
           ${plainArray(sorted, ({ customer_id }) => customer_id)}::uuid[])
      as sent (session_id, identified_at, customer_id)`;
  const { rows } = await sql<NewIdentity>`
    insert into session_customers (session_id, identified_at, customer_id)
    select session_id, identified_at, customer_id from ${sent}
    on conflict do nothing
    returning session_id, identified_at, customer_id`.execute(tx);
  await sql`
    insert into customer_sessions (customer_id, identified_at, session_id)
    select customer_id, identified_at, session_id from ${sent}
    on conflict do nothing`.execute(tx);
  return rows;
}

function keyOf({ session_id, customer_id, identified_at }: NewIdentity): string {
  return `${session_id} ${identified_at.getTime()} ${customer_id}`;
}

async function settleLate(
  db: Database,
  facts: SessionFact[],
  context: IdentityContext,
): Promise<SessionFact[]> {
  const cause = 'Whose session it was became known after the order.';
  return settleLateFacts(db, facts, { ...context, cause });
}
