import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { customerIdOf, isId } from '../../vocabulary/ids.ts';

/** A customer as a shop names them, or by our own id. */
export type NamedCustomer = { customer_id: string; source: string };

/**
 * The ids of customers, at their places, recorded or not. What looks like one of our ids and is held is taken as it
 * is; everything else is the shop's own.
 */
export async function resolveCustomers(db: Database, named: NamedCustomer[]): Promise<string[]> {
  const ours = await readHeld(db, named.map(({ customer_id }) => customer_id.toLowerCase()).filter(isId));
  return named.map(({ customer_id, source }) =>
    ours.has(customer_id.toLowerCase()) ? customer_id.toLowerCase() : customerIdOf(source, customer_id),
  );
}

async function readHeld(db: Database, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const held = await db
    .selectFrom('customers')
    .select('id')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  return new Set(held.map(({ id }) => id));
}
