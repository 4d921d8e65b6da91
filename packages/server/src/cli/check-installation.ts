import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { type Database, missingMigrations, type OpenDatabase, openDatabase } from '../database/index.ts';
import { readKeys } from '../people/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { TouchstoneError } from '../vocabulary/errors.ts';
import type { Settings } from '../vocabulary/settings.ts';
import type { Frame } from './frame.ts';

/** What a check found. `fail` keeps the product from working; `warn` will, or is unwise. */
export type Finding = { subject: string; status: 'ok' | 'warn' | 'fail'; message: string; remedy?: string };

/** Looks at everything an installation needs. Changes nothing, except that it may start and stop the private server. */
export async function checkInstallation({ settings, clock, say }: Frame): Promise<Finding[]> {
  const outside = [checkNode(), checkAdminKey(settings), await checkDisk(settings)];
  let database: OpenDatabase;
  try {
    database = await openDatabase(settings, { log: say, company: 'beside' });
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    return [...outside, { subject: 'database', status: 'fail', message: error.message }];
  }
  try {
    return [...outside, ...(await checkDatabase(database.db, settings, clock))];
  } finally {
    await database.close();
  }
}

async function checkDatabase(db: Database, settings: Settings, clock: Clock): Promise<Finding[]> {
  const missing = await missingMigrations(db);
  const findings = [await checkServer(db), await checkClock(db, clock), await checkTimeZone(db, settings)];
  if (missing.length > 0) {
    const message = `lacks ${missing.join(', ')}`;
    const remedy = 'Run "touchstone migrate", or start the server, which does it too.';
    return [...findings, { subject: 'schema', status: 'fail', message, remedy }];
  }
  return [
    ...findings,
    { subject: 'schema', status: 'ok', message: 'up to date' },
    await checkKeys(db, settings),
    await checkQueue(db),
    await checkVisits(db, clock),
  ];
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > 20 || (major === 20 && minor >= 19);
  return isNewEnough
    ? { subject: 'Node.js', status: 'ok', message: process.versions.node }
    : {
        subject: 'Node.js',
        status: 'fail',
        message: `${process.versions.node} is too old`,
        remedy: 'Install Node.js 20.19 or newer.',
      };
}

const shortestSafeKey = 24;

function checkAdminKey({ adminKey }: Settings): Finding {
  const subject = 'TOUCHSTONE_ADMIN_KEY';
  if (adminKey === undefined) return { subject, status: 'ok', message: 'not set' };
  if (adminKey.length >= shortestSafeKey) return { subject, status: 'ok', message: 'set' };
  return {
    subject,
    status: 'warn',
    message: `has only ${adminKey.length} characters and may be guessed`,
    remedy: 'Take a long random one, such as the output of: openssl rand -hex 32',
  };
}

const leastFreeBytes = 1024 ** 3;

async function checkDisk({ databaseUrl, dataDirectory }: Settings): Promise<Finding> {
  const subject = 'disk';
  if (databaseUrl !== undefined) return { subject, status: 'ok', message: 'the database is elsewhere' };
  const { bavail, bsize } = await statfs(dataDirectory).catch(() => statfs(dirname(dataDirectory)));
  const free = `${((bavail * bsize) / 1024 ** 3).toFixed(1)} GiB free for ${dataDirectory}`;
  return bavail * bsize >= leastFreeBytes
    ? { subject, status: 'ok', message: free }
    : {
        subject,
        status: 'warn',
        message: free,
        remedy: 'Make room, or move the folder: TOUCHSTONE_DATA_DIR.',
      };
}

async function checkServer(db: Database): Promise<Finding> {
  const { rows } = await sql<{ version: string; fsync: string; synchronous_commit: string }>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
           current_setting('synchronous_commit') as synchronous_commit`.execute(db);
  const { version, fsync, synchronous_commit } = rows[0]!;
  if (fsync === 'on' && synchronous_commit !== 'off') {
    return { subject: 'database', status: 'ok', message: `PostgreSQL ${version}, fsync on` };
  }
  return {
    subject: 'database',
    status: 'warn',
    message: `PostgreSQL ${version} with fsync ${fsync} and synchronous_commit ${synchronous_commit} may forget what it acknowledged`,
    remedy: 'Turn both on in postgresql.conf.',
  };
}

const mostClockSkewMs = 5_000;

async function checkClock(db: Database, clock: Clock): Promise<Finding> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const skewMs = Math.abs(rows[0]!.now.getTime() - clock.now().getTime());
  return skewMs <= mostClockSkewMs
    ? { subject: 'clock', status: 'ok', message: 'agrees with the database' }
    : {
        subject: 'clock',
        status: 'warn',
        message: `differs from the database's by ${Math.round(skewMs / 1000)} s`,
        remedy: 'Synchronise both machines (NTP): times of sale and of touches are compared.',
      };
}

async function checkTimeZone(db: Database, { timeZone }: Settings): Promise<Finding> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from pg_timezone_names where lower(name) = lower(${timeZone})) as known`.execute(
    db,
  );
  return rows[0]!.known
    ? { subject: 'time zone', status: 'ok', message: timeZone }
    : {
        subject: 'time zone',
        status: 'fail',
        message: `the database does not know ${timeZone}`,
        remedy: "Update the database server's time zone data, or choose another TOUCHSTONE_TIME_ZONE.",
      };
}

async function checkKeys(db: Database, { adminKey }: Settings): Promise<Finding> {
  const usable = (await readKeys(db)).filter(({ revoked_at }) => revoked_at === null).length;
  if (usable > 0 || adminKey !== undefined) {
    return { subject: 'API keys', status: 'ok', message: `${usable} in use` };
  }
  const remedy = 'Make one: touchstone keys create NAME --role admin';
  return { subject: 'API keys', status: 'warn', message: 'nobody can sign in', remedy };
}

async function checkQueue(db: Database): Promise<Finding> {
  const { rows } = await sql<{ waiting: number; failed: number }>`
    select count(*) filter (where attempts < max_attempts)::int as waiting,
           count(*) filter (where attempts >= max_attempts)::int as failed
      from graphile_worker.jobs`.execute(db);
  const { waiting, failed } = rows[0]!;
  const message = `${waiting} jobs waiting, ${failed} failed for good`;
  return failed === 0
    ? { subject: 'queue', status: 'ok', message }
    : {
        subject: 'queue',
        status: 'warn',
        message,
        remedy: 'See why, and retry: GET /api/v1/admin/jobs?status=failed',
      };
}

const mostHoursBehind = 24;

async function checkVisits(db: Database, clock: Clock): Promise<Finding> {
  const { rows } = await sql<{ until: Date | null; first: Date | null; changed: number }>`
    select until, (select min(clicked_at) from clicks where counted) as first,
           (select count(distinct (campaign_id, bucket)) from visit_changes where bucket < until)::int as changed
      from visits_summed`.execute(db);
  const { until, first, changed } = rows[0]!;
  const since = until ?? first ?? clock.now();
  const hours = Math.floor((clock.now().getTime() - since.getTime()) / 3_600_000);
  const subject = 'visits';
  if (hours <= mostHoursBehind) {
    const message =
      until === null
        ? 'none to be summed'
        : `summed until ${until.toISOString()}, ${changed} quarter hours changed since`;
    return { subject, status: 'ok', message };
  }
  return {
    subject,
    status: 'warn',
    message: `not summed since ${since.toISOString()}: reports are right, and slow`,
    remedy:
      'Let the server run, which sums them every five minutes, and see whether its job sum-visits fails.',
  };
}
