import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/** When the first visit of these campaigns was, and the last; null where there was none. Two look-ups for each. */
export async function readVisitExtent(
  db: Database,
  campaignIds: string[],
): Promise<{ first: Date | null; last: Date | null }> {
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    select min(extent.first) as first, max(extent.last) as last
      from unnest(${campaignIds}::uuid[]) as asked (campaign_id), lateral (
        select min(clicked_at) as first, max(clicked_at) as last
          from clicks
         where counted and campaign_id = asked.campaign_id
      ) extent`.execute(db);
  return rows[0]!;
}
