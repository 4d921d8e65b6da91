import { sql } from 'kysely';
import { keptVersions, type ModelVersion } from '../attribution/index.ts';
import {
  type Database,
  enqueue,
  enqueueSettlement,
  inTransaction,
  type JobPayloads,
  pastPriority,
} from '../database/index.ts';
import type { JobContext } from './job-context.ts';

/**
 * The job that follows clicks in mails that became known: looks up, after they have committed, whose orders they may
 * reach, by the recipient's address and by the partner's names, and leaves them to be settled. Orders that name a
 * retailer by a word that became or ceased to be its name are looked up by that word. Looks at mails lead to orders
 * only where a version that is kept counts them.
 */
export async function settleEmailClicks(
  payload: JobPayloads['settle-email-clicks'],
  { db }: JobContext,
): Promise<void> {
  const { recipient_hashes, partner_ids, retailers = [], opens_only = false, from, cause } = payload;
  if (opens_only && !(await keptVersions(db)).some(countsOpens)) return;
  await inTransaction(db, async (tx) => {
    const hashes = recipient_hashes.map((hash) => Buffer.from(hash, 'hex'));
    const { rows } = await sql<{ id: string }>`
      select id from customers where email_hash = any(${hashes}::bytea[]) order by id`.execute(tx);
    const customer_ids = rows.map(({ id }) => id);
    if (customer_ids.length > 0) await enqueue(tx, 'settle-touched', { customer_ids, from, cause });
    const orderIds = await findOrdersOfRetailers(tx, { partner_ids, retailers, from: new Date(from) });
    await enqueueSettlement(tx, orderIds, cause, { priority: pastPriority });
  });
}

function countsOpens({ parameters }: ModelVersion): boolean {
  return parameters.touches?.includes('email_open') ?? false;
}

async function findOrdersOfRetailers(
  db: Database,
  { partner_ids, retailers, from }: { partner_ids: string[]; retailers: string[]; from: Date },
): Promise<string[]> {
  if (partner_ids.length + retailers.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from orders
     where retailer is not null and ordered_at >= ${from}
       and lower(btrim(retailer)) = any(array(
         select unnest(${retailers}::text[])
         union
         select name_key from partner_names
          where kind = 'retailer' and partner_id = any(${partner_ids}::uuid[])))`.execute(db);
  return rows.map(({ id }) => id);
}
