import { sql } from 'kysely';
import { type Database, enqueue, type JobPayloads, pastPriority } from '../database/index.ts';
import { rebuildCustomers } from '../rollups/index.ts';
import type { JobContext } from './job-context.ts';

/** The job that places the orders of all customers, from the ledger and their settlements. */
export async function rebuildAllCustomers(
  _: JobPayloads['rebuild-customers'],
  { db }: JobContext,
): Promise<void> {
  await rebuildCustomers(db);
}

/** At start: leaves the orders of customers to be placed where none are, as after an upgrade. */
export async function fillCustomers(db: Database): Promise<void> {
  const { rows } = await sql<{ missing: boolean }>`
    select exists (select from orders where customer_id is not null)
           and not exists (select from customer_orders) as missing`.execute(db);
  if (rows[0]!.missing) await enqueue(db, 'rebuild-customers', {}, { priority: pastPriority });
}
