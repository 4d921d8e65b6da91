import { CompiledQuery, type Kysely } from 'kysely';
import type { Pool } from 'pg';
import type { Tables } from './tables.ts';

/** A statement that is run thousands of times. Its text never changes, and its name is its own. */
export type Prepared = { name: string; text: string };

const pools = new WeakMap<Kysely<Tables>, Pool>();

/** Gives a database the pool on which its prepared statements run. */
export function prepareOn(db: Kysely<Tables>, pool: Pool): void {
  pools.set(db, pool);
}

/**
 * Runs a statement that each connection parses and plans once, on connections of its own: for a batch of sixty rows that
 * took longer than inserting them. In a transaction it is one of its ordinary statements.
 */
export async function runPrepared<Row extends object>(
  db: Kysely<Tables>,
  { name, text }: Prepared,
  values: unknown[],
): Promise<Row[]> {
  const pool = pools.get(db);
  const { rows } =
    pool === undefined
      ? await db.executeQuery<Row>(CompiledQuery.raw(text, values))
      : await pool.query<Row>({ name, text, values });
  return rows;
}
