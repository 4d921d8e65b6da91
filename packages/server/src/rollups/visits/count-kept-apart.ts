import type { Database } from '../../database/index.ts';
import type { OpenSpan } from '../cut-range.ts';
import { readTallies } from './read-tallies.ts';

/** Clicks of these campaigns that are kept apart and never credited, by the reason. */
export async function countKeptApart(
  db: Database,
  campaignIds: string[],
  span: OpenSpan,
): Promise<Map<string, bigint>> {
  const clicks = new Map<string, bigint>();
  for (const { value, visits } of await readTallies(db, ['kept_apart'], campaignIds, span)) {
    clicks.set(value, (clicks.get(value) ?? 0n) + visits);
  }
  return clicks;
}
