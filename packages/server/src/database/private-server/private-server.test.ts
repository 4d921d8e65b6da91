import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import type { ConnectionTarget } from '../index.ts';
import { attachOrStartServer, attachPrivateServer } from './attach-private-server.ts';
import { startOfProcess } from './identify-process.ts';
import { type PrivateServer, startPrivateServer } from './start-private-server.ts';

const programs = {
  loader: fileURLToPath(new URL('../../../test/run-typescript.js', import.meta.url)),
  app: fileURLToPath(new URL('../../../test/run-private-server.ts', import.meta.url)),
};

/** A busy machine takes its time; what never comes still fails. */
const patiently = { timeout: 25_000 };

const nobody = 65_534;

const root = mkdtempSync(join(tmpdir(), 'touchstone-private-'));
afterAll(() => rmSync(root, { recursive: true }));

test('the server runs as an unprivileged user, durably, behind a password, even in a folder that user may not enter', async () => {
  const closed = join(root, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const server = await start(join(closed, 'data'));

  expect(statSync(`/proc/${server.pid}`).uid).not.toBe(0);
  expect(statSync(join(closed, 'data/postgres.password')).mode & 0o777).toBe(0o600);
  expect(
    await ask(
      server.connection,
      `SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS addresses,
        current_setting('server_encoding') AS encoding, current_setting('password_encryption') AS passwords,
        datlocale AS locale FROM pg_database WHERE datname = current_database()`,
    ),
  ).toEqual([
    { fsync: 'on', addresses: '', encoding: 'UTF8', passwords: 'scram-sha-256', locale: 'C.UTF-8' },
  ]);
  await expect(ask({ ...server.connection, password: 'a guess' }, 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  );

  await server.stop();
  expect(startOfProcess(server.pid)).toBeUndefined();
});

test('an ordinary user runs the server as themself, where they may read the installation', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-ordinary-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dropTo = process.getuid?.() === 0 ? nobody : undefined;
  if (dropTo !== undefined) chownSync(folder, dropTo, dropTo);
  const reading = spawnSync('test', ['-r', programs.app], { uid: dropTo, gid: dropTo, cwd: '/' });
  if (reading.status !== 0) {
    await expect(runApp(folder, 'idle', dropTo)).rejects.toThrow('No private PostgreSQL is installed');
    return;
  }
  const app = await runApp(folder, 'idle', dropTo);
  expect(app.uid).toBe(dropTo ?? process.getuid?.());
  expect(statSync(`/proc/${app.serverPid}`).uid).toBe(app.uid);
  app.process.kill('SIGTERM');
  await expect.poll(() => startOfProcess(app.serverPid), patiently).toBeUndefined();
});

test('a second app on the folder is refused by name, the command line attaches, and both go on after a kill of the app', async () => {
  const folder = join(root, 'shared');
  const app = await runApp(folder);

  await expect(start(folder)).rejects.toThrow(`process ${app.process.pid}`);
  const beside = await attachOrStartServer({ dataDirectory: folder, log: () => {} });
  expect(await ask(beside.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await beside.stop();
  expect(startOfProcess(app.serverPid)).toBeDefined();

  app.process.kill('SIGKILL');
  await once(app.process, 'exit');
  expect(await attachPrivateServer({ dataDirectory: folder, log: () => {} })).toBeUndefined();
  const next = await attachOrStartServer({ dataDirectory: folder, log: () => {} });
  expect(startOfProcess(app.serverPid)).toBeUndefined();
  expect(await ask(next.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await next.stop();
});

test('an app that is told to stop takes its server with it', async () => {
  const app = await runApp(join(root, 'shared'));
  app.process.kill('SIGTERM');
  await once(app.process, 'exit');
  await expect.poll(() => startOfProcess(app.serverPid), patiently).toBeUndefined();
});

test('no acknowledged row is lost when app and server are killed in the middle of writing, five times over', async () => {
  const folder = join(root, 'shared');
  const first = await start(folder);
  await ask(first.connection, 'CREATE TABLE acknowledged (number int GENERATED ALWAYS AS IDENTITY)');
  await first.stop();

  const acknowledged: number[] = [];
  for (let kill = 1; kill <= 5; kill++) {
    const before = acknowledged.length;
    const app = await runApp(folder, 'write');
    app.lines.on('line', (line) => acknowledged.push(JSON.parse(line).number));
    await expect.poll(() => acknowledged.length, patiently).toBeGreaterThan(before + 20 * kill);
    app.process.kill('SIGKILL');
    process.kill(app.serverPid, 'SIGKILL');
    await once(app.process, 'close');
  }

  const last = await start(folder);
  const kept = await ask(last.connection, 'SELECT number FROM acknowledged');
  await last.stop();
  const numbers = new Set(kept.map(({ number }) => number));
  expect(acknowledged.filter((number) => !numbers.has(number))).toEqual([]);
}, 120_000);

test('a backend busy for a killed server does not hold up the next start, which says what it waits for', async () => {
  const folder = join(root, 'shared');
  const app = await runApp(folder);
  const connection = (await attachPrivateServer({
    dataDirectory: folder,
    log: () => {},
  })) as ConnectionTarget;
  const busy = ask(connection, 'SELECT count(*) FROM generate_series(1, 1e12) /* busy */').catch(
    () => 'cut off',
  );
  const isBusy = "SELECT FROM pg_stat_activity WHERE query LIKE '%busy */' AND pid <> pg_backend_pid()";
  await expect.poll(() => ask(connection, isBusy), patiently).toHaveLength(1);
  app.process.kill('SIGKILL');
  process.kill(app.serverPid, 'SIGKILL');

  const said: string[] = [];
  const server = await startPrivateServer({ dataDirectory: folder, log: (message) => said.push(message) });
  expect(said.join()).toContain('still held by processes of a server that was killed');
  expect(said.at(-1)).toContain('fsync on');
  expect(await busy).toBe('cut off');
  await server.stop();
});

test('a server that is killed alone is started again at the same place', async () => {
  const server = await start(join(root, 'shared'));
  const killed = server.pid;
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => server.pid, patiently).not.toBe(killed);
  expect(await ask(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
});

test('a folder of another major version is refused in plain words', async () => {
  const cluster = join(root, 'older/postgres/data');
  mkdirSync(cluster, { recursive: true });
  writeFileSync(join(cluster, 'PG_VERSION'), '17\n');
  await expect(start(join(root, 'older'))).rejects.toThrow(
    /holds data of PostgreSQL 17.*brings PostgreSQL 18/,
  );
});

test('a path too long for a socket is served on the loopback', async () => {
  const dataDirectory = join(root, 'long-'.repeat(20), 'data');
  const server = await startPrivateServer({ dataDirectory, fsync: false, log: () => {} });
  expect(server.connection.host).toBe('127.0.0.1');
  expect(await ask(server.connection, "SELECT current_setting('listen_addresses') AS at")).toEqual([
    { at: '127.0.0.1' },
  ]);
  await server.stop();
});

function start(dataDirectory: string): Promise<PrivateServer> {
  return startPrivateServer({ dataDirectory, log: () => {} });
}

async function ask(connection: ConnectionTarget, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  // A statement that is cut off fails by itself.
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

type App = {
  process: ChildProcess;
  serverPid: number;
  uid: number;
  lines: ReturnType<typeof createInterface>;
};

/** Another process of ours that holds the folder. */
async function runApp(folder: string, mode = 'idle', uid?: number): Promise<App> {
  const parameters = ['--import', programs.loader, programs.app, folder, mode];
  if (uid !== undefined) parameters.push(String(uid));
  const app = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  app.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  const lines = createInterface(app.stdout);
  const [first] = await Promise.race([once(lines, 'line'), once(lines, 'close')]);
  if (first === undefined) throw new Error(`The app ended before its server was ready: ${complaints}`);
  const { pid, uid: runsAs } = JSON.parse(first);
  return { process: app, serverPid: pid, uid: runsAs, lines };
}
