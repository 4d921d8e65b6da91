import { sql } from 'kysely';
import { type Database, plainArray } from '../database/index.ts';
import { measureNames } from './measures.ts';
import type { RollupRow } from './rollup-rows.ts';

const additions = sql.join(
  measureNames.map(
    (name) => sql`${sql.ref(name)} = credit_rollups.${sql.ref(name)} + excluded.${sql.ref(name)}`,
  ),
);

/**
 * Adds changes to the rollups in one statement. Runs last in the transaction that posts: its rows are the hot ones.
 *
 * @param rows in the order of `rowsOf`, no two of the same key
 */
export async function applyChanges(tx: Database, rows: RollupRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into credit_rollups
      (model_version_id, basis, grain, subject_kind, subject, currency, bucket, ${sql.join(measureNames.map((name) => sql.ref(name)))})
    select * from unnest(
      ${plainArray(rows, (row) => row.model_version_id)}::uuid[],
      ${plainArray(rows, (row) => row.basis)}::text[],
      ${plainArray(rows, (row) => row.grain)}::text[],
      ${plainArray(rows, (row) => row.subject_kind)}::text[],
      ${rows.map((row) => row.subject)}::text[],
      ${plainArray(rows, (row) => row.currency)}::text[],
      ${plainArray(rows, (row) => row.bucket)}::timestamptz[],
      ${sql.join(measureNames.map((name) => sql`${plainArray(rows, (row) => row.measures[name])}::bigint[]`))}
    )
    on conflict (model_version_id, basis, grain, subject_kind, currency, subject, bucket) do update set ${additions}`.execute(
    tx,
  );
}
