import { sql } from 'kysely';
import { seenCampaignIds } from '../campaigns/index.ts';
import type { Database } from '../database/index.ts';
import type { Scope } from '../vocabulary/permission.ts';
import { type CreditEntry, selectEntries, showEntry } from './credit-entry.ts';

/**
 * The entries of an order in the order they were posted, those of campaigns in the scope; of one model when it is
 * named. What older versions of a model were credited with stays in the ledger, but is not what is credited now.
 *
 * @param versions `published`: those of the versions that count now; `all`: everything that was ever posted
 */
export async function readEntries(
  db: Database,
  orderId: string,
  scope: Scope,
  { model, versions }: { model?: string | undefined; versions: 'published' | 'all' },
): Promise<CreditEntry[]> {
  const rows = await selectEntries(db)
    .select(reasonSeen(scope).as('reason'))
    .where('e.order_id', '=', orderId)
    .$if(scope.kind !== 'all', (query) =>
      query.where(sql<boolean>`e.campaign_id = any(array${seenCampaignIds(scope)})`),
    )
    .$if(versions === 'published', (query) => query.where('m.status', '=', 'published'))
    .$if(model !== undefined, (query) => query.where('m.model', '=', model!))
    .orderBy('e.posted_at')
    .orderBy('m.model')
    .orderBy('e.line_no')
    .orderBy(sql`c.created_at`)
    .orderBy('e.id')
    .execute();
  return rows.map(showEntry);
}

/** A correction names the campaign whose change it followed, which may be another's. */
function reasonSeen(scope: Scope) {
  if (scope.kind === 'all') return sql<string>`e.reason`;
  return sql<string>`case
    when e.reason like 'campaign %' and not exists (
      select from campaigns named
       where named.id in ${seenCampaignIds(scope)} and starts_with(e.reason, 'campaign ' || named.tracking_code || ' '))
    then 'another campaign changed' else e.reason end`;
}
