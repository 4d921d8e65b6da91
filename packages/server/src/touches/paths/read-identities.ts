import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/** That a session was somebody's, as of an instant. */
export type Identification = { session_id: string; customer_id: string; identified_at: Date };

/** Everybody these sessions were ever identified as, in the order of time. */
export async function readCustomersOfSessions(db: Database, sessionIds: string[]): Promise<Identification[]> {
  if (sessionIds.length === 0) return [];
  return await db
    .selectFrom('session_customers')
    .select(['session_id', 'customer_id', 'identified_at'])
    .where('session_id', '=', sql<string>`any(${sessionIds}::text[])`)
    .orderBy('identified_at')
    .orderBy('customer_id')
    .execute();
}

/** Every session that was ever identified as one of these customers. */
export async function readSessionsOfCustomers(
  db: Database,
  customerIds: string[],
): Promise<Identification[]> {
  if (customerIds.length === 0) return [];
  return await db
    .selectFrom('customer_sessions')
    .select(['session_id', 'customer_id', 'identified_at'])
    .where('customer_id', '=', sql<string>`any(${customerIds}::uuid[])`)
    .orderBy('identified_at')
    .orderBy('session_id')
    .execute();
}

/** Whose a session is at an instant: of its latest identification until then; undefined while it has none. */
export function ownerAt(identifications: Identification[], instant: Date): string | undefined {
  return identifications.filter(({ identified_at }) => identified_at <= instant).at(-1)?.customer_id;
}
