import {
  addVersion,
  hasSettings,
  keptVersions,
  lockVersions,
  type ModelVersion,
  type VersionSettings,
} from '../../attribution/index.ts';
import { type Database, inTransaction } from '../../database/index.ts';
import { writeAudit } from '../../people/index.ts';
import { mintId } from '../../vocabulary/ids.ts';
import { startBackfill } from '../start-backfill.ts';
import { type BackfillView, readBackfill } from './backfills.ts';

const everything = { from: null, to: null };

/**
 * Keeps a model with other settings from now on: adds a version, fills it from the past by a backfill, and publishes
 * it when that is complete. Until then reports answer from the version before. Settings that are published already are
 * left as they are.
 *
 * @returns the version, and the backfill that fills it; none where there is nothing to fill
 */
export async function configureModel(
  db: Database,
  settings: VersionSettings,
  by: { actor: string; now: Date },
): Promise<{ version: ModelVersion; backfill: BackfillView | null }> {
  return await inTransaction(db, async (tx) => {
    await lockVersions(tx);
    const before = (await keptVersions(tx)).filter(({ model }) => model === settings.model).at(-1);
    if (before?.status === 'published' && hasSettings(before, settings))
      return { version: before, backfill: null };
    const version = await addVersion(tx, settings, by);
    await writeAudit(tx, [
      {
        at: by.now,
        actor: by.actor,
        action: 'attribution_model.configured',
        subject_kind: 'attribution_model',
        subject_id: version.id,
        before: before === undefined ? null : { ...before },
        after: { ...version },
        reason: null,
      },
    ]);
    if (version.status === 'published') return { version, backfill: null };
    const request = { ...everything, models: [version.model], dry_run: false, fills: version };
    return { version, backfill: await readBackfill(tx, await startBackfill(tx, request, by)) };
  });
}

/** Asks what those settings would move, campaign by campaign, beside what the published version has posted. */
export async function previewModel(
  db: Database,
  settings: VersionSettings,
  by: { actor: string; now: Date },
): Promise<BackfillView> {
  const published = (await keptVersions(db)).find(
    ({ model, status }) => model === settings.model && status === 'published',
  );
  const proposal: ModelVersion = {
    ...settings,
    id: published?.id ?? mintId(by.now),
    version: (published?.version ?? 0) + 1,
    status: 'filling',
  };
  const request = { ...everything, models: [settings.model], dry_run: true, proposal };
  return await readBackfill(db, await startBackfill(db, request, by));
}
