import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { VisitSpan } from './count-visits.ts';

/** Clicks of these campaigns that are kept apart and never credited, by the reason. */
export async function countKeptApart(
  db: Database,
  campaignIds: string[],
  { from, to }: VisitSpan,
): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ excluded: string; clicks: bigint }>`
    select excluded, count(*) as clicks
      from clicks
     where excluded is not null and campaign_id = any(${campaignIds}::uuid[])
       and ${from === null ? sql`true` : sql`clicked_at >= ${from}`}
       and ${to === null ? sql`true` : sql`clicked_at < ${to}`}
     group by excluded`.execute(db);
  return new Map(rows.map(({ excluded, clicks }) => [excluded, clicks]));
}
