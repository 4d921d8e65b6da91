import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import type { ConnectionTarget } from '../connect-database.ts';
import { chooseSystemUser } from './choose-system-user.ts';
import { endBackends, endOrphan } from './end-orphans.ts';
import { type FolderLayout, layOutFolder } from './folder-layout.ts';
import { holdFolder } from './hold-folder.ts';
import { initialiseCluster, readPassword, superuser } from './initialise-cluster.ts';
import { type KeptServer, keepRunning } from './keep-running.ts';
import { prepareBinaries } from './prepare-binaries.ts';
import { type Postmaster, type PostmasterOptions, runPostmaster, StartRefused } from './run-postmaster.ts';

export type PrivateServerOptions = {
  /** The data folder (`TOUCHSTONE_DATA_DIR`); made when there is none. */
  dataDirectory: string;
  log: (message: string) => void;
  /** Off only for tests: without it a power cut loses what was acknowledged. */
  fsync?: boolean;
};

export type PrivateServer = {
  connection: ConnectionTarget;
  /** Process id of the server; another one after it had to be started again. */
  readonly pid: number;
  /** Stops the server in order and gives the folder back. */
  stop(): Promise<void>;
};

/**
 * Starts the PostgreSQL of our own on a data folder: made on first use, recovered after a kill, listening on a socket in
 * that folder only. It is started again when it is killed alone, and ends with this process.
 *
 * Throws `conflict` when another app runs on the folder, `configuration` when the folder or the machine does not allow it.
 */
export async function startPrivateServer(options: PrivateServerOptions): Promise<PrivateServer> {
  refuseWindows();
  const layout = await layOutFolder(options.dataDirectory);
  const hold = await holdFolder(layout.root, options.log);
  let server: KeptServer | undefined;
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= Promise.resolve(server?.stop()).finally(hold.release);
    return stopping;
  };
  try {
    const place = await choosePlace(layout.socket);
    server = await keepRunning(await prepareStart(layout, options, place), options.log);
    const { pid } = server;
    const password = await readPassword(layout);
    const connection = { ...place, user: superuser, password, database: superuser };
    const self = await prepareDatabase(connection);
    await hold.announce(place);
    options.log(`${self}, runs on ${layout.root} (process ${pid}).`);
    return {
      connection,
      stop,
      get pid() {
        return server?.pid ?? pid;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Everything that is done once; returns what starts the server, also a second time. */
async function prepareStart(
  layout: FolderLayout,
  { log, fsync = true }: PrivateServerOptions,
  { host, port }: Place,
): Promise<() => Promise<Postmaster>> {
  const user = chooseSystemUser(layout.server);
  const binaries = await prepareBinaries(user, layout.root);
  await initialiseCluster(layout, binaries, user, { fsync, log });
  await endOrphan(layout, log);
  const address = host === layout.socket ? undefined : host;
  return () => runWhenFree({ layout, binaries, user, fsync, log, address, port });
}

function refuseWindows(): void {
  if (process.platform !== 'win32') return;
  throw new TouchstoneError(
    'configuration',
    'The private PostgreSQL runs on Linux and macOS. On Windows use WSL, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}

type Place = { host: string; port: number };

/** The socket in our folder; where its path is longer than a socket's may be, a free port of the loopback. */
async function choosePlace(socketFolder: string): Promise<Place> {
  const port = 5432;
  const longestPath = process.platform === 'linux' ? 107 : 103;
  if (Buffer.byteLength(join(socketFolder, `.s.PGSQL.${port}`)) <= longestPath)
    return { host: socketFolder, port };
  return { host: '127.0.0.1', port: await freePort() };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** After a kill of everything, backends may outlive their server for a moment; until they are gone none may start. */
async function runWhenFree(options: PostmasterOptions): Promise<Postmaster> {
  const patience = 300;
  for (let tries = 1; ; tries++) {
    try {
      return await runPostmaster(options);
    } catch (error) {
      const held =
        error instanceof StartRefused && /is still in use|lock file .* already exists/.test(error.output);
      if (!held || tries === patience) throw error;
      if (tries % 25 === 1) {
        options.log('The data folder is still held by processes of a server that was killed; trying again …');
      }
      await endBackends(options.layout);
      await wait(200);
    }
  }
}

/** Makes our database on first use; returns what the server says of itself. */
async function prepareDatabase(connection: ConnectionTarget): Promise<string> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [
      connection.database,
    ]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(connection.database)}`);
    const { rows } = await client.query(
      "SELECT format('PostgreSQL %s, fsync %s', current_setting('server_version'), current_setting('fsync')) AS self",
    );
    return rows[0].self;
  } finally {
    await client.end();
  }
}
