import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { invalid } from '../vocabulary/errors.ts';

/**
 * Makes moves in the tree take turns until the transaction ends: two campaigns that each become the other's child
 * would each see a tree without a cycle. Taken before any campaign's row is locked.
 */
export async function lockTree(tx: Database): Promise<void> {
  // Any fixed number: 'tree' in ASCII.
  await sql`select pg_advisory_xact_lock(1953654117)`.execute(tx);
}

/**
 * Refuses a parent that lies in the campaign's own tree, or nowhere. Certain only while the tree's lock is held.
 * @throws invalid at `parent_campaign_id`
 */
export async function refuseCycle(db: Database, campaignId: string, parentId: string): Promise<void> {
  const path = 'parent_campaign_id';
  if (parentId === campaignId) {
    throw invalid(
      path,
      'must not be the campaign itself: the tree would have a cycle. Choose another, or null for none',
    );
  }
  const above = await treesOf(db, [parentId]);
  if (above.length === 0) throw unknownParent(parentId);
  if (above.includes(campaignId)) {
    throw invalid(
      path,
      `must not be ${parentId}, which lies below this campaign: the tree would have a cycle. Move that one away first, or choose another`,
    );
  }
}

export function unknownParent(id: string) {
  return invalid(
    'parent_campaign_id',
    `there is no campaign ${id}; create the parent first, or leave it out`,
  );
}

/** The campaigns whose trees these belong to: themselves and all above them. Those that do not exist have none. */
export async function treesOf(db: Database, ids: (string | null)[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above as (
      select id, parent_campaign_id from campaigns where id = any(${ids.filter((id) => id !== null)}::uuid[])
      union
      select campaigns.id, campaigns.parent_campaign_id
      from above join campaigns on campaigns.id = above.parent_campaign_id
    )
    select id from above`.execute(db);
  return rows.map((row) => row.id);
}
