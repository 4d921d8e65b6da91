import { type Database, inTransaction } from '../../database/index.ts';
import { sumVisits } from './sum-visits.ts';

/** Throws the rollups of visits away and sums them anew, to the same numbers; meanwhile reports count the clicks. */
export async function rebuildVisits(db: Database, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.updateTable('visits_summed').set({ until: null }).execute();
    await tx.deleteFrom('visit_rollups').execute();
    await tx.deleteFrom('returning_visits').execute();
    await tx.deleteFrom('visitors').execute();
  });
  await sumVisits(db, now);
}
