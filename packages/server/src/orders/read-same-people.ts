import { sql } from 'kysely';
import type { Database } from '../database/index.ts';

/**
 * Who is the same person: customers of one email hash are one, whatever shops they are known in.
 *
 * @returns per customer asked for, the ids of that person, their own first; a customer nobody recorded is themselves
 */
export async function readSamePeople(db: Database, customerIds: string[]): Promise<Map<string, string[]>> {
  const people = new Map(customerIds.map((id) => [id, [id]]));
  if (customerIds.length === 0) return people;
  const { rows } = await sql<{ id: string; same_id: string }>`
    select c.id, same.id as same_id
      from customers c
      join customers same on same.email_hash = c.email_hash and same.id <> c.id
     where c.id = any(${customerIds}::uuid[]) and c.email_hash is not null
     order by c.id, same.id`.execute(db);
  for (const { id, same_id } of rows) people.get(id)!.push(same_id);
  return people;
}

/** The SHA-256 of the customers' addresses; those without one are absent. */
export async function readEmailHashes(db: Database, customerIds: string[]): Promise<Map<string, Buffer>> {
  if (customerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('customers')
    .select(['id', 'email_hash'])
    .where('id', '=', sql<string>`any(${customerIds}::uuid[])`)
    .where('email_hash', 'is not', null)
    .execute();
  return new Map(rows.map(({ id, email_hash }) => [id, email_hash!]));
}
