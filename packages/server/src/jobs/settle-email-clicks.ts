import { sql } from 'kysely';
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
 * retailer by a word that became or ceased to be its name are looked up by that word.
 */
export async function settleEmailClicks(
  { recipient_hashes, partner_ids, retailers = [], from, cause }: JobPayloads['settle-email-clicks'],
  { db }: JobContext,
): Promise<void> {
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
