import { type Kysely, sql } from 'kysely';
import { isDatatypeMismatch } from './sqlstate.ts';
import type { Tables } from './tables.ts';

/**
 * Runs a statement that is sent rows of a type of ours, which it names by its oid. That is looked up once; where the
 * database has another by now, since it was restored from a backup meanwhile, it is looked up anew.
 *
 * @param run fails whole when the oid is not that of the type
 */
export async function withRowType<Result>(
  db: Kysely<Tables>,
  name: string,
  run: (oid: number) => Promise<Result>,
): Promise<Result> {
  const known = oids.get(db)?.get(name);
  if (known === undefined) return run(await findRowType(db, name));
  try {
    return await run(known);
  } catch (error) {
    if (!isDatatypeMismatch(error)) throw error;
    return run(await findRowType(db, name));
  }
}

const oids = new WeakMap<Kysely<Tables>, Map<string, number>>();

async function findRowType(db: Kysely<Tables>, name: string): Promise<number> {
  const { rows } = await sql<{ oid: number }>`select ${name}::text::regtype::oid as oid`.execute(db);
  const { oid } = rows[0]!;
  const ofDatabase = oids.get(db) ?? new Map<string, number>();
  oids.set(db, ofDatabase.set(name, oid));
  return oid;
}
