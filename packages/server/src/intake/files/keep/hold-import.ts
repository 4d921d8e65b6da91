import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { type Database, inTransaction, type Tables } from '../../../database/index.ts';
import type { Clock } from '../../../vocabulary/clock.ts';
import { mintId } from '../../../vocabulary/ids.ts';
import type { ImportKind } from '../kinds/import-kinds.ts';
import type { ImportPlan } from '../mapping/import-plan.ts';
import type { SourceFile } from '../read/source-row.ts';

export type ImportRow = Selectable<Tables['imports']>;

/** How far a run has come with an import: moved on by each batch. */
export type Place = Pick<ImportRow, 'id' | 'position'>;

/**
 * The record of an import: the earlier one when the same files, by the same mapping, were not finished, else a new one.
 * A finished import that is repeated begins anew, since what it recorded may have changed.
 */
export async function holdImport(
  db: Database,
  { plan, mapping }: { plan: ImportPlan; mapping: string | undefined },
  { actor, clock }: { actor: string; clock: Clock },
): Promise<ImportRow> {
  const { kind } = plan;
  const now = clock.now();
  const files = [plan.main, ...plan.sides].flatMap((each) => each.files);
  // Days of spend are few, and which rows make one depends on the campaigns there are: always from the first.
  const resumable = kind !== 'spend';
  const fingerprint = fingerprintOf(kind, files, mapping);
  return inTransaction(db, async (tx) => {
    const earlier = await tx
      .selectFrom('imports')
      .selectAll()
      .where('fingerprint', '=', fingerprint)
      .where('status', '<>', 'completed')
      .orderBy('created_at', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    if (earlier !== undefined && resumable) {
      return tx
        .updateTable('imports')
        .set({ status: 'running', error: null, changed_at: now, finished_at: null })
        .where('id', '=', earlier.id)
        .returningAll()
        .executeTakeFirstOrThrow();
    }
    return tx
      .insertInto('imports')
      .values({
        id: mintId(now),
        kind,
        fingerprint,
        files: JSON.stringify(files.map(({ name, bytes, rows, sha256 }) => ({ name, bytes, rows, sha256 }))),
        mapping: mapping ?? null,
        status: 'running',
        rows_total: plan.main.files.reduce((total, { rows }) => total + rows, 0),
        position: 0,
        ...{ created: 0, updated: 0, unchanged: 0, ignored_older: 0, rejected: 0 },
        error: null,
        created_by: actor,
        created_at: now,
        changed_at: now,
        finished_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

// Counted up whenever files are cut into records in another way: a position of before would then mean another record.
const cutting = 1;

function fingerprintOf(kind: ImportKind, files: SourceFile[], mapping: string | undefined): Buffer {
  const content = files.map(({ name, sha256 }) => [name, sha256]);
  return createHash('sha256')
    .update(JSON.stringify([cutting, kind, content, mapping ?? null]))
    .digest();
}
