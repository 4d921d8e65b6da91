import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { type Database, inTransaction } from '../database/index.ts';
import type { ModelParameters } from '../vocabulary/credit.ts';
import { mintId } from '../vocabulary/ids.ts';
import { models } from './models/index.ts';

/** One immutable version of a model: its rule, parameters and the order statuses that carry credit under it. */
export type ModelVersion = {
  id: string;
  model: string;
  version: number;
  parameters: ModelParameters;
  countable_statuses: string[];
  status: 'filling' | 'published' | 'retired';
};

/** The versions that settlement keeps: those published and those being filled beside them. */
export async function keptVersions(db: Database): Promise<ModelVersion[]> {
  return await db
    .selectFrom('attribution_models')
    .select(['id', 'model', 'version', 'parameters', 'countable_statuses', 'status'])
    .where('status', 'in', ['published', 'filling'])
    .orderBy('model')
    .orderBy('version')
    .$narrowType<{ parameters: ModelParameters }>()
    .execute();
}

/** Every version there has ever been, by model and number. */
export async function allVersions(
  db: Database,
): Promise<(ModelVersion & { created_by: string; created_at: Date; published_at: Date | null })[]> {
  return await db
    .selectFrom('attribution_models')
    .selectAll()
    .orderBy('model')
    .orderBy('version')
    .$narrowType<{ parameters: ModelParameters }>()
    .execute();
}

/** What the configuration wants of the models. */
export type WantedModels = { models: string[]; countableStatuses: string[]; visitWindowDays: number };

/**
 * Brings the kept versions in line with the configuration: a model that is new, or whose countable statuses or visit
 * window changed, gets a new version; a model that is no longer configured is retired, unless somebody asked for it.
 *
 * A new version is published at once when there is no order it could miss. Otherwise it starts as `filling` and is
 * returned, to be filled from the past before it is published.
 */
export async function ensureModelVersions(
  db: Database,
  wanted: WantedModels,
  now: Date,
): Promise<ModelVersion[]> {
  return await db.transaction().execute(async (tx) => {
    await lockVersions(tx);
    const kept = (await allVersions(tx)).filter(({ status }) => status !== 'retired');
    const isWanted = ({ model, created_by }: { model: string; created_by: string }) =>
      wanted.models.includes(model) || created_by !== 'system';
    await retire(
      tx,
      kept.filter((version) => !isWanted(version)),
    );
    for (const model of new Set([...wanted.models, ...kept.filter(isWanted).map((each) => each.model)])) {
      const newest = kept.filter((version) => version.model === model).at(-1);
      const parameters = withWindow(newest?.parameters ?? models.get(model)!.defaults, wanted);
      const countable_statuses = [...wanted.countableStatuses].sort();
      if (newest !== undefined && hasSettings(newest, { parameters, countable_statuses })) continue;
      const created_by = newest?.created_by ?? 'system';
      await addVersion(tx, { model, parameters, countable_statuses }, { actor: created_by, now });
    }
    return (await keptVersions(tx)).filter((version) => version.status === 'filling');
  });
}

/** What a version is set to. */
export type VersionSettings = Pick<ModelVersion, 'model' | 'parameters' | 'countable_statuses'>;

/**
 * Adds the next version of a model in place of one that is still being filled. It is published at once when there is
 * no order it could miss; else it is `filling` until a backfill has filled it.
 */
export async function addVersion(
  tx: Database,
  { model, parameters, countable_statuses }: VersionSettings,
  { actor, now }: { actor: string; now: Date },
): Promise<ModelVersion> {
  const anyOrder = await tx.selectFrom('orders').select('id').limit(1).executeTakeFirst();
  const isFilled = anyOrder === undefined;
  const kept = (await keptVersions(tx)).filter((version) => version.model === model);
  await retire(
    tx,
    kept.filter(({ status }) => status === 'filling' || isFilled),
  );
  const version: ModelVersion = {
    id: mintId(now),
    model,
    version: await nextVersion(tx, model),
    parameters,
    countable_statuses: [...countable_statuses].sort(),
    status: isFilled ? 'published' : 'filling',
  };
  await tx
    .insertInto('attribution_models')
    .values({
      ...version,
      parameters: JSON.stringify(parameters),
      created_by: actor,
      created_at: now,
      published_at: isFilled ? now : null,
    })
    .execute();
  return version;
}

// Two servers starting at once must not both add version 1; the number is arbitrary and only ours.
const versionsLock = 7_113_001;

/** Holds the versions as they are until the transaction ends. */
export async function lockVersions(tx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${versionsLock})`.execute(tx);
}

async function retire(tx: Database, versions: ModelVersion[]): Promise<void> {
  if (versions.length === 0) return;
  await tx
    .updateTable('attribution_models')
    .set({ status: 'retired' })
    .where(
      'id',
      'in',
      versions.map(({ id }) => id),
    )
    .execute();
}

/** The window is one setting of the installation, kept in each version that looks at touches. */
function withWindow(parameters: ModelParameters, { visitWindowDays }: WantedModels): ModelParameters {
  return parameters.visit_window_days === undefined
    ? parameters
    : { ...parameters, visit_window_days: visitWindowDays };
}

/** Publishes a filled version and retires the one it follows, in one step: a report never sees none or two. */
export async function publishModelVersion(db: Database, id: string, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const version = await tx
      .selectFrom('attribution_models')
      .select(['model', 'status'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (version?.status !== 'filling') return;
    await tx
      .updateTable('attribution_models')
      .set({ status: 'retired' })
      .where('model', '=', version.model)
      .where('status', '=', 'published')
      .execute();
    await tx
      .updateTable('attribution_models')
      .set({ status: 'published', published_at: now })
      .where('id', '=', id)
      .execute();
  });
}

async function nextVersion(db: Database, model: string): Promise<number> {
  const newest = await db
    .selectFrom('attribution_models')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('model', '=', model)
    .executeTakeFirst();
  return (newest?.version ?? 0) + 1;
}

/** Whether a version is set to these parameters and countable statuses. */
export function hasSettings(version: ModelVersion, settings: Omit<VersionSettings, 'model'>): boolean {
  return (
    isDeepStrictEqual([...version.countable_statuses].sort(), [...settings.countable_statuses].sort()) &&
    isDeepStrictEqual(version.parameters, settings.parameters)
  );
}
