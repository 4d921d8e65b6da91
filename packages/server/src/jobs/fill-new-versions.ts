import { ensureModelVersions, type WantedModels } from '../attribution/index.ts';
import type { Database } from '../database/index.ts';
import { startBackfill } from './start-backfill.ts';

/**
 * At start: brings the model versions in line with the configuration, and fills each new one from the past beside the
 * published one. A version whose backfill is on its way already is left to it.
 */
export async function fillNewVersions(db: Database, wanted: WantedModels, now: Date): Promise<void> {
  for (const version of await ensureModelVersions(db, wanted, now)) {
    const underway = await db
      .selectFrom('backfills')
      .select('id')
      .where('fills_version_id', '=', version.id)
      .where('status', 'in', ['queued', 'running', 'completed'])
      .executeTakeFirst();
    if (underway !== undefined) continue;
    const everything = { from: null, to: null, dry_run: false, models: [version.model], fills: version };
    await startBackfill(db, everything, { actor: 'system', now });
  }
}
