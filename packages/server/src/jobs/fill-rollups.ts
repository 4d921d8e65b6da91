import { sql } from 'kysely';
import { type Database, enqueue, pastPriority } from '../database/index.ts';

/** At start: fills rollups that were thrown away, or that lack what came before an upgrade or while nothing worked. */
export async function fillRollups(db: Database): Promise<void> {
  const { rows } = await sql<{ customers: boolean; products: boolean; mailings: boolean; refunds: boolean }>`
    select exists (select from orders where customer_id is not null)
             and not exists (select from customer_orders) as customers,
           exists (select from email_sends)
             and not (exists (select from email_rollups) and exists (select from email_activity)) as mailings,
           exists (select from refunds) and not exists (select from refund_totals) as refunds,
           exists (
               select from credit_entries join campaigns on campaigns.id = campaign_id where channel is null)
             and not exists (
               select from credit_rollups
                where model_version_id in (select id from attribution_models) and basis = 'posted' and grain = 'day'
                  and subject_kind = 'campaign_product') as products`.execute(db);
  const missing = rows[0]!;
  if (missing.mailings) await enqueue(db, 'rebuild-mailings', {}, { priority: pastPriority });
  await enqueue(db, 'sum-visits', {}, { priority: pastPriority });
  if (missing.refunds) await enqueue(db, 'rebuild-refund-totals', {}, { priority: pastPriority });
  if (missing.customers) await enqueue(db, 'rebuild-customers', {}, { priority: pastPriority });
  if (!missing.products) return;
  // One at a time: each holds up settling while it sums one campaign and its tree.
  const campaigns = await db.selectFrom('campaigns').select('id').where('channel', 'is', null).execute();
  for (const { id } of campaigns) {
    await enqueue(db, 'rebuild-tree', { campaign_ids: [id], own: true }, { priority: pastPriority });
  }
}
