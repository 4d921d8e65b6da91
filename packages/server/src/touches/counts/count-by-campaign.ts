import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { VisitSpan } from './count-visits.ts';

/** The visits of every campaign in a span, from the index by time; a campaign without any is absent. */
export async function countByCampaign(db: Database, { from, to }: VisitSpan): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ campaign_id: string; visits: bigint }>`
    select campaign_id, count(*) as visits
      from clicks
     where counted and campaign_id is not null
       and ${from === null ? sql`true` : sql`clicked_at >= ${from}`}
       and ${to === null ? sql`true` : sql`clicked_at < ${to}`}
     group by campaign_id`.execute(db);
  return new Map(rows.map(({ campaign_id, visits }) => [campaign_id, visits]));
}
