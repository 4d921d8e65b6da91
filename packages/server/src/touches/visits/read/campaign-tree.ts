import { sql } from 'kysely';
import { seenCampaignIds } from '../../../campaigns/index.ts';
import type { Database } from '../../../database/index.ts';
import { notFound } from '../../../vocabulary/errors.ts';
import type { Scope } from '../../../vocabulary/permission.ts';

/**
 * A campaign's id, and where asked those of all below it.
 *
 * @throws not_found, also where it is not in the scope of who asks
 */
export async function readCampaignTree(
  db: Database,
  scope: Scope,
  id: string,
  withChildren: boolean,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive tree as (
      select id from campaigns where id = ${id} and id in ${seenCampaignIds(scope)}
      union
      select below.id from campaigns below join tree on below.parent_campaign_id = tree.id where ${withChildren}
    )
    select id from tree`.execute(db);
  if (rows.length === 0) throw notFound('campaign', id);
  return rows.map((row) => row.id);
}

/** The campaigns in somebody's scope; undefined for who sees the whole shop, arrivals without a campaign too. */
export async function readSeenIds(db: Database, scope: Scope): Promise<string[] | undefined> {
  if (scope.kind === 'all') return undefined;
  const { rows } = await sql<{ id: string }>`
    select id from campaigns where id in ${seenCampaignIds(scope)}`.execute(db);
  return rows.map((row) => row.id);
}
