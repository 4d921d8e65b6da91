import { Logger, runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { TouchstoneError } from '../vocabulary/errors.ts';
import { type Migration, ownMigrations, readMigrations } from './read-migrations.ts';

export type MigrateOptions = {
  /** Folder of the numbered SQL files; our own by default. */
  folder?: string;
  log?: (message: string) => void;
};

/**
 * Brings the schema up to date: each missing step in its own transaction, then the job queue's schema. Safe to call
 * from several starts at once (they take turns) and after a kill at any point (it goes on with the next step).
 *
 * Returns the names of the steps applied now.
 * Throws `configuration` when a step that was applied has since been changed, or when the database knows steps that
 * this version does not.
 */
export async function migrateDatabase(
  pool: pg.Pool,
  { folder = ownMigrations, log = () => {} }: MigrateOptions = {},
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  return takingTurns(pool, async (client) => {
    const applied = await readApplied(client);
    refuseOtherHistory(migrations, applied);
    const missing = migrations.slice(applied.length);
    for (const migration of missing) {
      await step(client, migration, migration.up, () => record(client, migration));
      log(`Applied migration ${migration.name}.`);
    }
    await runMigrations({ pgPool: pool, logger: quietLogger });
    return missing.map(({ name }) => name);
  });
}

/**
 * Takes the newest step back by its own `down.sql`, in one transaction. The job queue's schema stays.
 * Returns the name of the step taken back, or undefined when there is none.
 */
export async function migrateDown(
  pool: pg.Pool,
  { folder = ownMigrations, log = () => {} }: MigrateOptions = {},
): Promise<string | undefined> {
  const migrations = await readMigrations(folder);
  return takingTurns(pool, async (client) => {
    const applied = await readApplied(client);
    refuseOtherHistory(migrations, applied);
    const newest = migrations[applied.length - 1];
    if (newest === undefined) return undefined;
    await step(client, newest, newest.down, () =>
      client.query('DELETE FROM schema_migrations WHERE number = $1', [newest.number]),
    );
    log(`Took back migration ${newest.name}.`);
    return newest.name;
  });
}

// Any fixed number: the first eight bytes of 'touchstone' in ASCII would do as well.
const turnKey = '8388363671205';

async function takingTurns<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('SELECT pg_advisory_lock($1)', [turnKey]);
    await client.query(`
      CREATE TABLE IF NOT EXISTS schema_migrations (
        number     integer     NOT NULL,
        name       text        NOT NULL,
        checksum   text        NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT schema_migrations_pkey PRIMARY KEY (number)
      )`);
    const result = await work(client);
    await client.query('SELECT pg_advisory_unlock($1)', [turnKey]);
    return result;
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // After a failure the connection is thrown away, and the lock with it, whatever state it was in.
    client.release(broken);
  }
}

type Applied = { number: number; name: string; checksum: string };

async function readApplied(client: pg.PoolClient): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    'SELECT number, name, checksum FROM schema_migrations ORDER BY number',
  );
  return rows;
}

function refuseOtherHistory(migrations: Migration[], applied: Applied[]): void {
  for (const [index, { name, checksum }] of applied.entries()) {
    const ours = migrations[index];
    if (ours === undefined) {
      throw new TouchstoneError(
        'configuration',
        `The database has migration ${name}, which this version of Touchstone does not know. Start the newer version, or take the step back with it (touchstone migrate --down).`,
      );
    }
    if (ours.name !== name && migrations.some((migration) => migration.name === name)) {
      throw new TouchstoneError(
        'configuration',
        `Migration ${ours.name} comes before ${name}, which this database already has: it was made by a version between two releases. Restore a backup, or make the database anew.`,
      );
    }
    if (ours.name !== name || ours.checksum !== checksum) {
      throw new TouchstoneError(
        'configuration',
        `Migration ${name} was applied to this database and has been changed since. Put the file back as it was and add a new step for the change.`,
      );
    }
  }
}

async function step(
  client: pg.PoolClient,
  { name }: Migration,
  statements: string,
  keepBooks: () => Promise<unknown>,
): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(statements);
    await keepBooks();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${name} failed and was rolled back: ${reason}`, {
      cause: error,
    });
  }
}

async function record(client: pg.PoolClient, { number, name, checksum }: Migration): Promise<void> {
  await client.query('INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)', [
    number,
    name,
    checksum,
  ]);
}

// The queue reports each of its own steps; ours say what matters.
const quietLogger = new Logger(() => () => {});
