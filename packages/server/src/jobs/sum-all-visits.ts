import type { JobPayloads } from '../database/index.ts';
import { rebuildVisits, sumVisits } from '../rollups/index.ts';
import type { JobContext } from './job-context.ts';

/** The job that brings the rollups of visits up to date; every worker asks for it every five minutes. */
export async function sumAllVisits(
  { anew = false }: JobPayloads['sum-visits'],
  { db, clock }: JobContext,
): Promise<void> {
  await (anew ? rebuildVisits(db, clock.now()) : sumVisits(db, clock.now()));
}
