import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/**
 * Which person a row of `customers` is: those with the same email hash are one, named by the hash's first half; one
 * without an address is a person of their own.
 */
export const personOf: RawBuilder<string> = sql`coalesce(encode(substr(customers.email_hash, 1, 16), 'hex')::uuid, customers.id)`;

/** Whose these orders are; those of guests are absent. */
export async function readPeople(db: Database, orderIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ order_id: string; person_id: string }>`
    select orders.id as order_id, ${personOf} as person_id
      from orders join customers on customers.id = orders.customer_id
     where orders.id = any(${orderIds}::uuid[])`.execute(db);
  return new Map(rows.map(({ order_id, person_id }) => [order_id, person_id]));
}
