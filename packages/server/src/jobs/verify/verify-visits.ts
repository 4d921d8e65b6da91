import type { Database } from '../../database/index.ts';
import { findWrongVisits } from '../../rollups/index.ts';
import type { DifferenceList } from './difference.ts';

/** Compares the rollups of visits with the clicks. */
export async function verifyVisits(db: Database, found: DifferenceList): Promise<void> {
  for (const { bucket, stored, expected, ...row } of await findWrongVisits(db)) {
    found.add({
      kind: 'visits',
      ...row,
      bucket: bucket.toISOString(),
      measures: { visits: { stored: String(stored), expected: String(expected) } },
    });
  }
}
