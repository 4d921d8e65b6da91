import { totalmem } from 'node:os';

const mebibyte = 2n ** 20n;

/**
 * The settings of the private server, written beside its data at every start. PostgreSQL's own defaults suit a machine
 * of 128 MB; these suit one with two cores that it shares with the app. What an owner adds to postgresql.conf wins.
 */
export function serverSettings(memoryBytes: bigint = availableMemory()): string {
  const memory = memoryBytes / mebibyte;
  const settings: [string, string, string][] = [
    [
      'shared_buffers',
      `${clamp(memory / 8n, 128n, 1024n)}MB`,
      'a year of a mid-sized shop fits; the app needs memory too',
    ],
    [
      'effective_cache_size',
      `${clamp(memory / 2n, 512n, 65_536n)}MB`,
      'what the system caches for us; only the planner reads it',
    ],
    ['work_mem', '16MB', 'the default of 4 MB spills the grouping of a month of credits to disk'],
    ['maintenance_work_mem', '128MB', 'indexes of a backfilled table are built and vacuumed in one pass'],
    ['max_wal_size', '2GB', 'the default of 1 GB forces a checkpoint every few seconds of a backfill'],
    ['min_wal_size', '256MB', 'segments are reused instead of made anew'],
    ['checkpoint_timeout', '15min', 'fewer full pages in the log; a restart after a crash replays seconds'],
    ['wal_level', 'minimal', 'nobody replicates a private server; bulk loads into new tables skip the log'],
    ['max_wal_senders', '0', 'required by the line above'],
    [
      'random_page_cost',
      '1.1',
      'solid-state disks; the default of 4 is for spinning ones and avoids indexes',
    ],
    ['jit', 'off', 'compiling takes longer than our reports run'],
    ['max_connections', '100', 'the app, its workers, the command line and an analyst'],
    ['autovacuum_naptime', '20s', 'fresh statistics soon after a bulk import'],
    [
      'log_error_verbosity',
      'terse',
      'details and statements may hold personal data; the app reports its own errors',
    ],
    ['log_min_error_statement', 'panic', 'as above'],
    ['log_lock_waits', 'on', 'a wait beyond a second is worth a line'],
    ['log_timezone', "'UTC'", 'logs are compared across machines'],
    ['timezone', "'UTC'", 'sessions that do not say otherwise'],
    ['cluster_name', "'touchstone'", 'seen in the list of processes'],
  ];
  return settings.map(([name, value, why]) => `${name} = ${value} # ${why}\n`).join('');
}

/** Inside a container its limit, not the machine's memory. */
function availableMemory(): bigint {
  const limit = process.constrainedMemory();
  return BigInt(limit > 0 ? Math.min(limit, totalmem()) : totalmem());
}

function clamp(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least;
  return value > most ? most : value;
}
