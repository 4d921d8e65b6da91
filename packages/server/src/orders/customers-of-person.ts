import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Person, PersonInput } from '../people/index.ts';
import { addressPattern, erasedMark } from '../vocabulary/address-pattern.ts';
import { emailHash } from '../vocabulary/email-hash.ts';
import { notFound } from '../vocabulary/errors.ts';

/**
 * Who is meant: customers of one address are one person, whatever shops they are known in.
 *
 * @throws not_found for a customer that is not there
 */
export async function findPerson(db: Database, { customer_id, email }: PersonInput): Promise<Person> {
  const named =
    customer_id === undefined
      ? { email: email!, email_hash: emailHash(email!) }
      : await db
          .selectFrom('customers')
          .select(['email', 'email_hash'])
          .where('id', '=', customer_id)
          .executeTakeFirst();
  if (named === undefined) throw notFound('customer', customer_id!);
  const { rows } = await sql<{ id: string }>`
    select id from customers where email_hash = ${named.email_hash} or id = ${customer_id ?? null}
     order by id`.execute(db);
  const customer_ids = rows.map(({ id }) => id);
  const sessions = await sql<{ session_id: string }>`
    select session_id from customer_sessions where customer_id = any(${customer_ids}::uuid[])
    union
    select session_id from orders where customer_id = any(${customer_ids}::uuid[]) and session_id is not null
    order by session_id`.execute(db);
  return {
    email: named.email?.trim().toLowerCase() ?? null,
    email_hash: named.email_hash,
    customer_ids,
    session_ids: sessions.rows.map(({ session_id }) => session_id),
  };
}

/** What is held of somebody as a customer: who they are, what they bought, and what CRMs say of it. */
export async function exportCustomers(
  db: Database,
  { customer_ids }: Person,
): Promise<Record<'customers' | 'orders' | 'conversions', unknown[]>> {
  const rowsOf = async (table: 'customers' | 'orders' | 'conversions', key: string, order: string) => {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(held) - 'payload_hash' - 'email_hash' as row
        from ${sql.ref(table)} held
       where ${sql.ref(key)} = any(${customer_ids}::uuid[])
       order by ${sql.ref(order)}, id`.execute(db);
    return rows.map(({ row }) => row);
  };
  return {
    customers: await rowsOf('customers', 'id', 'created_at'),
    orders: await rowsOf('orders', 'customer_id', 'ordered_at'),
    conversions: await rowsOf('conversions', 'customer_id', 'converted_at'),
  };
}

/** Takes name and address off customers, and what told their browsers apart off their orders; what was sold stays. */
export async function eraseCustomers(
  tx: Database,
  { email, customer_ids }: Person,
  now: Date,
): Promise<Record<'customers' | 'orders', number>> {
  const pattern = email === null ? '(?!)' : addressPattern(email);
  const customers = await sql`
    update customers set email = null, name = null, erased_at = coalesce(erased_at, ${now}), updated_at = ${now},
           external_id = case when external_id ~* ${pattern} then ${erasedMark} || ' ' || id else external_id end
     where id = any(${customer_ids}::uuid[])`.execute(tx);
  const redacted = (column: string) => sql`
    ${sql.ref(column)} = regexp_replace(${sql.ref(column)}::text, ${pattern}, ${erasedMark}, 'gi')`;
  const orders = await sql`
    update orders set click_ids = null, ${redacted('coupon')}, ${redacted('order_number')}, ${redacted('utm')}::jsonb
     where customer_id = any(${customer_ids}::uuid[])`.execute(tx);
  return { customers: Number(customers.numAffectedRows), orders: Number(orders.numAffectedRows) };
}
