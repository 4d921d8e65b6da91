import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SystemUser } from './choose-system-user.ts';
import { findPostmaster } from './end-orphans.ts';
import type { FolderLayout } from './folder-layout.ts';
import { reachable, serverEnvironment } from './initialise-cluster.ts';
import type { Binaries } from './prepare-binaries.ts';
import { serverSettings } from './server-settings.ts';

export type Postmaster = { child: ChildProcess; pid: number };

export type PostmasterOptions = {
  layout: FolderLayout;
  binaries: Binaries;
  user: SystemUser | undefined;
  /** The address to listen on; undefined means the socket only. */
  address: string | undefined;
  port: number;
  fsync: boolean;
  log: (message: string) => void;
};

const pollMilliseconds = 20;

/**
 * Starts the server and waits until it accepts connections, however long it recovers from a crash. Its log goes
 * straight into a file: through a pipe it would stand still whenever the app is busy, and fall silent with it.
 *
 * Throws StartRefused with the end of the log when the server ends instead.
 */
export async function runPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const { layout, binaries, user, log } = options;
  const settingsFile = join(layout.cluster, 'touchstone.conf');
  await writeFile(settingsFile, serverSettings());
  if (user !== undefined) await chown(settingsFile, user.uid, user.gid);
  await startNewLog(layout.log);
  const logFile = await open(layout.log, 'a', 0o600);
  const logStart = (await logFile.stat()).size;
  const child = spawn(binaries.postgres, parametersOf(options), {
    ...user,
    cwd: layout.cluster,
    env: serverEnvironment,
    stdio: ['ignore', logFile.fd, logFile.fd],
    // A group of its own: Ctrl-C in a terminal reaches the app, which stops the server when it has finished.
    detached: true,
  });
  const ended = once(child, 'exit').catch((error: Error) =>
    log(`PostgreSQL could not be started: ${error.message}`),
  );
  await logFile.close();
  if (!(await becomesReady(child, layout, log))) {
    await ended;
    throw new StartRefused((await readFile(layout.log)).subarray(logStart).toString('utf8'));
  }
  child.unref();
  return { child, pid: child.pid as number };
}

/** The server ended before it was ready; `output` is what it wrote to its log. */
export class StartRefused extends Error {
  readonly output: string;

  constructor(output: string) {
    super(`PostgreSQL did not start. It wrote:\n${output.trim().split('\n').slice(-12).join('\n')}`);
    this.output = output;
  }
}

const largestLog = 10 * 2 ** 20;

/** Keeps one older log beside the current one. */
async function startNewLog(file: string): Promise<void> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size > largestLog) await rename(file, `${file}.1`);
}

function parametersOf({ layout, user, address, port, fsync }: PostmasterOptions): string[] {
  const settings = {
    port,
    listen_addresses: address ?? '',
    // Our own folder: the lock file of another user may lie in the shared one. Relative to the cluster, and so within
    // the 107 bytes that a socket's path may have.
    unix_socket_directories: '../socket',
    fsync: fsync ? 'on' : 'off',
    synchronous_commit: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
  };
  const assignments = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', reachable(layout.cluster, user), ...assignments];
}

async function becomesReady(
  child: ChildProcess,
  layout: FolderLayout,
  log: (message: string) => void,
): Promise<boolean> {
  for (
    let polls = 1;
    child.exitCode === null && child.signalCode === null && child.pid !== undefined;
    polls++
  ) {
    const postmaster = await findPostmaster(layout);
    if (postmaster?.pid === child.pid && postmaster.status === 'ready') return true;
    if (polls % 250 === 0)
      log('PostgreSQL is still starting (after a crash it first repeats what was committed) …');
    await wait(pollMilliseconds);
  }
  return false;
}
