import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { isCounted, type VisitSpan } from './count-visits.ts';

/** Visits by what is known of them, the most first; null where it is not known. */
export type VisitShares = Record<'devices' | 'countries' | 'channels', VisitShare[]>;
export type VisitShare = { value: string | null; visits: bigint };

type Row = { device_type: string | null; country: string | null; channel: string; visits: bigint };

/** The devices, countries and channels that the visits of these campaigns came from, read in one pass. */
export async function breakDownVisits(
  db: Database,
  campaignIds: string[],
  span: VisitSpan,
): Promise<VisitShares> {
  const { rows } = await sql<Row>`
    select device_type, country, channel, count(*) as visits
      from clicks
     where ${isCounted(campaignIds, span)}
     group by device_type, country, channel`.execute(db);
  return {
    devices: sharesBy(rows, ({ device_type }) => device_type),
    countries: sharesBy(rows, ({ country }) => country),
    channels: sharesBy(rows, ({ channel }) => channel),
  };
}

function sharesBy(rows: Row[], of: (row: Row) => string | null): VisitShare[] {
  const sums = new Map<string | null, bigint>();
  for (const row of rows) sums.set(of(row), (sums.get(of(row)) ?? 0n) + row.visits);
  return [...sums]
    .map(([value, visits]) => ({ value, visits }))
    .sort((a, b) => Number(b.visits - a.visits) || (String(a.value) < String(b.value) ? -1 : 1));
}
