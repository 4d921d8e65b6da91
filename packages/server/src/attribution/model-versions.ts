import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { mintId } from '../vocabulary/ids.ts';

/** One immutable version of a model: its rule, parameters and the order statuses that carry credit under it. */
export type ModelVersion = {
  id: string;
  model: string;
  version: number;
  parameters: unknown;
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
    .execute();
}

/** Every version there has ever been, by model and number. */
export async function allVersions(
  db: Database,
): Promise<(ModelVersion & { created_at: Date; published_at: Date | null })[]> {
  return await db.selectFrom('attribution_models').selectAll().orderBy('model').orderBy('version').execute();
}

// Two servers starting at once must not both add version 1; the number is arbitrary and only ours.
const ensuringLock = 7_113_001;

/**
 * Brings the kept versions in line with the configuration: a model that is new, or whose countable statuses changed,
 * gets a new version; a model that is no longer configured is retired.
 *
 * A new version is published at once when there is no order it could miss. Otherwise it starts as `filling` and is
 * returned, to be filled from the past before it is published.
 */
export async function ensureModelVersions(
  db: Database,
  wanted: { models: string[]; countableStatuses: string[] },
  now: Date,
): Promise<ModelVersion[]> {
  return await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${ensuringLock})`.execute(tx);
    const kept = await keptVersions(tx);
    const unwanted = kept.filter((version) => !wanted.models.includes(version.model)).map(({ id }) => id);
    if (unwanted.length > 0) {
      await tx
        .updateTable('attribution_models')
        .set({ status: 'retired' })
        .where('id', 'in', unwanted)
        .execute();
    }
    const anyOrder = await tx.selectFrom('orders').select('id').limit(1).executeTakeFirst();
    for (const model of wanted.models) {
      const newest = kept.filter((version) => version.model === model).at(-1);
      if (newest !== undefined && sameStatuses(newest.countable_statuses, wanted.countableStatuses)) continue;
      if (newest?.status === 'filling' || (newest !== undefined && anyOrder === undefined)) {
        await tx
          .updateTable('attribution_models')
          .set({ status: 'retired' })
          .where('id', '=', newest.id)
          .execute();
      }
      await tx
        .insertInto('attribution_models')
        .values({
          id: mintId(now),
          model,
          version: await nextVersion(tx, model),
          parameters: '{}',
          countable_statuses: [...wanted.countableStatuses].sort(),
          status: anyOrder === undefined ? 'published' : 'filling',
          created_at: now,
          published_at: anyOrder === undefined ? now : null,
        })
        .execute();
    }
    return (await keptVersions(tx)).filter((version) => version.status === 'filling');
  });
}

/** Publishes a filled version and retires the one it follows, in one step: a report never sees none or two. */
export async function publishModelVersion(db: Database, id: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
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

function sameStatuses(a: string[], b: string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
