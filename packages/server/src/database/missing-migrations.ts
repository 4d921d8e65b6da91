import { sql } from 'kysely';
import type { Database } from './connect-database.ts';
import { ownMigrations, readMigrations } from './read-migrations.ts';
import { isUndefinedTable } from './sqlstate.ts';

/** The names of the migrations this version has and the database has not, in order. Changes nothing. */
export async function missingMigrations(db: Database): Promise<string[]> {
  const [ours, applied] = [await readMigrations(ownMigrations), await readApplied(db)];
  return ours.map(({ name }) => name).filter((name) => !applied.includes(name));
}

async function readApplied(db: Database): Promise<string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from schema_migrations`.execute(db);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (isUndefinedTable(error)) return [];
    throw error;
  }
}
