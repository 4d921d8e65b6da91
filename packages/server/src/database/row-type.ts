import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** The oid of a row type of ours, by its name. It is looked up once: migrations make such types and keep them. */
export function rowTypeOf(db: Kysely<Tables>, name: string): Promise<number> {
  const known = oids.get(db) ?? new Map<string, Promise<number>>();
  oids.set(db, known);
  let oid = known.get(name);
  if (oid === undefined) {
    oid = readRowType(db, name);
    known.set(name, oid);
    // What could not be read is read by the next who asks.
    oid.catch(() => known.delete(name));
  }
  return oid;
}

const oids = new WeakMap<Kysely<Tables>, Map<string, Promise<number>>>();

async function readRowType(db: Kysely<Tables>, name: string): Promise<number> {
  const { rows } = await sql<{ oid: number }>`select ${name}::text::regtype::oid as oid`.execute(db);
  return rows[0]!.oid;
}
