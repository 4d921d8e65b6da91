import type { Database } from '../../database/index.ts';
import type { OpenSpan } from '../cut-range.ts';
import { readTallies, type Tally } from './read-tallies.ts';

/** Visits by what is known of them, the most first; null where it is not known. */
export type VisitShares = Record<'devices' | 'countries' | 'channels', VisitShare[]>;
export type VisitShare = { value: string | null; visits: bigint };

/** The devices, countries and channels that the visits of these campaigns came from. */
export async function breakDownVisits(
  db: Database,
  campaignIds: string[],
  span: OpenSpan,
): Promise<VisitShares> {
  const tallies = await readTallies(db, ['device', 'country', 'channel'], campaignIds, span);
  return {
    devices: sharesBy(tallies, 'device'),
    countries: sharesBy(tallies, 'country'),
    channels: sharesBy(tallies, 'channel'),
  };
}

function sharesBy(tallies: Tally[], wanted: Tally['dimension']): VisitShare[] {
  const sums = new Map<string | null, bigint>();
  for (const { dimension, value, visits } of tallies) {
    if (dimension === wanted) sums.set(value || null, (sums.get(value || null) ?? 0n) + visits);
  }
  return [...sums]
    .filter(([, visits]) => visits !== 0n)
    .map(([value, visits]) => ({ value, visits }))
    .sort((a, b) => Number(b.visits - a.visits) || (String(a.value) < String(b.value) ? -1 : 1));
}
