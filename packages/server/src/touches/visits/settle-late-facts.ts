import { sql } from 'kysely';
import { type Database, enqueue, inTransaction } from '../../database/index.ts';

/** That something became known of a session as of an instant. */
export type SessionFact = { session_id: string; at: Date };

/**
 * Leaves the orders to be settled again that facts come too late for: orders of the session, of whom it is known to
 * belong to, and of that person's other sessions, at or after the fact's time. Called in the transaction that records
 * the facts, so that it is done exactly when they are; and once more after it with those that reached none, for orders
 * that were recorded meanwhile and settled without them.
 *
 * @param exceptOrders orders that are being recorded with the facts, and settled anyhow
 * @returns the facts that reach no order
 */
export async function settleLateFacts(
  db: Database,
  facts: SessionFact[],
  { cause, priority, exceptOrders = [] }: { cause: string; priority: number; exceptOrders?: string[] },
): Promise<SessionFact[]> {
  if (facts.length === 0) return [];
  const places = await findReached(db, facts, exceptOrders);
  const reached = facts.filter((_, place) => places.has(place));
  if (reached.length === 0) return facts;
  const session_ids = [...new Set(reached.map(({ session_id }) => session_id))];
  const from = new Date(Math.min(...reached.map(({ at }) => at.getTime()))).toISOString();
  await inTransaction(db, (tx) => enqueue(tx, 'settle-touched', { session_ids, from, cause }, { priority }));
  return facts.filter((_, place) => !places.has(place));
}

// Reads orders and customers, which are further down the river, only to know whether anybody has to be told.
async function findReached(db: Database, facts: SessionFact[], exceptOrders: string[]): Promise<Set<number>> {
  const reachable = sql`o.ordered_at >= fact.at and o.id <> all(${exceptOrders}::uuid[])`;
  const { rows } = await sql<{ place: number }>`
    select fact.place::int - 1 as place
      from unnest(${facts.map(({ session_id }) => session_id)}::text[],
                  ${facts.map(({ at }) => at.toISOString())}::timestamptz[]) with ordinality as fact (session_id, at, place)
     where exists (select from orders o where o.session_id = fact.session_id and ${reachable})
        or exists (
          select
            from session_customers owner
            cross join lateral (
              select owner.customer_id as id
              union
              select same.id
                from customers own join customers same on same.email_hash = own.email_hash
               where own.id = owner.customer_id) as person
           where owner.session_id = fact.session_id
             and (exists (select from orders o where o.customer_id = person.id and ${reachable})
               or exists (
                 select from customer_sessions theirs join orders o on o.session_id = theirs.session_id
                  where theirs.customer_id = person.id and ${reachable})))`.execute(db);
  return new Set(rows.map(({ place }) => place));
}
