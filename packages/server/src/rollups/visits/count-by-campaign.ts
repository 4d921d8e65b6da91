import type { Database } from '../../database/index.ts';
import type { OpenSpan } from '../cut-range.ts';
import { readTallies } from './read-tallies.ts';

/** The visits by people of each of these campaigns in a span; a campaign without any is absent. */
export async function countByCampaign(
  db: Database,
  campaignIds: string[],
  span: OpenSpan,
): Promise<Map<string, bigint>> {
  const visits = new Map<string, bigint>();
  for (const { label, visits: more } of await readTallies(db, ['visits'], campaignIds, span)) {
    const id = campaignIds[label]!;
    visits.set(id, (visits.get(id) ?? 0n) + more);
  }
  return visits;
}
