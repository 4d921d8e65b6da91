import { sql } from 'kysely';
import { enqueueSettlement, inTransaction, type JobPayloads, pastPriority } from '../database/index.ts';
import type { JobContext } from './job-context.ts';

/**
 * The job that follows a campaign's new name or code: settles the orders of which their source, or a CRM's sale, claims
 * a campaign by it.
 */
export async function settleClaims(
  { words, cause }: JobPayloads['settle-claims'],
  { db }: JobContext,
): Promise<void> {
  const lowered = words.map((word) => word.toLowerCase());
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from orders
       where reported_campaign is not null and lower(reported_campaign) = any(${lowered}::text[])
      union
      select order_id from conversions
       where reported_campaign is not null and lower(reported_campaign) = any(${lowered}::text[])
         and campaign_id is null and order_id is not null`.execute(tx);
    const orderIds = rows.map(({ id }) => id);
    await enqueueSettlement(tx, orderIds, cause, { priority: pastPriority });
  });
}
