import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { TouchstoneError } from '../vocabulary/errors.ts';
import { prepareOn } from './run-prepared.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** Where a server listens. `host` is a name, an address, or the folder of a Unix socket. */
export type ConnectionTarget = {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
};

export type DatabaseConnection = {
  db: Database;
  pool: pg.Pool;
  close(): Promise<void>;
};

/**
 * Opens a pool on a PostgreSQL given by URL or by place. Nothing is sent until the first query.
 *
 * Values arrive as: `int8` bigint, `numeric` string, `timestamptz` Date, `date` string (a calendar date has no
 * instant), ranges string. Sessions speak UTC. Throws `configuration` when the URL is none.
 */
export function connectDatabase(
  target: string | ConnectionTarget,
  { maxConnections = 10, log = () => {} }: { maxConnections?: number; log?: (message: string) => void } = {},
): DatabaseConnection {
  const pool = openPool(placeOf(target, sessionOptions), maxConnections, log);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const prepared = openPool(placeOf(target, `${sessionOptions} ${plannedOnce}`), preparedConnections, log);
  prepareOn(db, prepared);
  let closing: Promise<unknown> | undefined;
  const close = async () => {
    // Not by way of Kysely, which leaves a pool open that it was never asked to use.
    closing ??= Promise.all([pool.end(), prepared.end()]);
    await closing;
  };
  return { db, pool, close };
}

function openPool(place: pg.PoolConfig, max: number, log: (message: string) => void): pg.Pool {
  const pool = new pg.Pool({
    ...place,
    max,
    types: { getTypeParser },
    application_name: 'touchstone',
    connectionTimeoutMillis: 30_000,
  });
  // Without a listener, a server that goes away would end the process. A query under way fails by itself.
  pool.on('connect', (client) =>
    client.on('error', (error) => log(`A database connection was lost: ${error.message}`)),
  );
  // The pool repeats what its idle connections have reported above.
  pool.on('error', () => {});
  return pool;
}

/**
 * Another pool on the server of this one, which leaves int8 as text: graphile-worker writes the jobs it read back as
 * JSON, and JSON knows no bigint.
 */
export function connectQueue({ options }: pg.Pool, maxConnections: number): pg.Pool {
  // The pool hides its password from enumeration, so a spread alone would lose it.
  const pool = new pg.Pool({ ...options, password: options.password, types: undefined, max: maxConnections });
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  return pool;
}

/** The same place as a URL that libpq and pg both read; a socket folder becomes a percent-encoded host. */
export function urlOf(target: ConnectionTarget): string {
  const [user, password, host, database] = [target.user, target.password, target.host, target.database].map(
    encodeURIComponent,
  );
  return `postgres://${user}:${password}@${host}:${target.port}/${database}`;
}

// JIT compiles for longer than our reports run: every one of them is many small plans over few rows. Parallel workers take
// some 5 ms to start, ten times what the planner takes them to.
const sessionOptions = '-c TimeZone=UTC -c jit=off -c parallel_setup_cost=10000';

// A plan that is kept may have been made while its tables were empty, when reading all their rows is the best there is.
const plannedOnce = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';
// Such statements are for batches, which grow while they wait for one another.
const preparedConnections = 3;

function placeOf(target: string | ConnectionTarget, options: string): pg.PoolConfig {
  if (typeof target !== 'string') return { ...target, options };
  if (!URL.canParse(target)) {
    throw new TouchstoneError(
      'configuration',
      'The address of the database cannot be read. Write DATABASE_URL as postgres://user:password@host:5432/database, with special characters percent-encoded.',
    );
  }
  const url = new URL(target);
  // Options of the URL come last, so that they win.
  url.searchParams.set('options', `${options} ${url.searchParams.get('options') ?? ''}`.trim());
  return { connectionString: url.href };
}

// Dates in parameters are sent in UTC: in local time pg rounds the offset to minutes, which is wrong for zones of old.
pg.defaults.parseInputDatesAsUTC = true;

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, BigInt],
  [pg.types.builtins.DATE, String],
  [1016, (text) => parseArray(text).map((item) => (item === null ? null : BigInt(item)))],
  [1182, parseArray],
]);

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  const own = format === 'binary' ? undefined : parsers.get(oid);
  return own ?? pg.types.getTypeParser(oid, format);
}

const textArray: number = 1009;

function parseArray(text: string): (string | null)[] {
  return pg.types.getTypeParser(textArray, 'text')(text);
}
