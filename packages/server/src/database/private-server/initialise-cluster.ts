import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import type { SystemUser } from './choose-system-user.ts';
import type { FolderLayout } from './folder-layout.ts';
import type { Binaries } from './prepare-binaries.ts';

/**
 * Makes the folder's cluster when it has none: UTF-8, sorted by code point on every machine alike (`C.UTF-8` of
 * PostgreSQL itself), passwords by SCRAM. It is made aside and renamed when whole, so that a kill leaves none or all.
 *
 * Throws `configuration` when the folder holds a cluster of another major version.
 */
export async function initialiseCluster(
  layout: FolderLayout,
  binaries: Binaries,
  user: SystemUser | undefined,
  { fsync, log }: { fsync: boolean; log: (message: string) => void },
): Promise<void> {
  const version = await readFile(join(layout.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined) return refuseOtherMajor(layout, Number(version), binaries.major);
  log(`Making a PostgreSQL ${binaries.major} cluster in ${layout.cluster} …`);
  await removeDrafts(layout);
  const draft = `${layout.cluster}.draft-${process.pid}`;
  for (const folder of [layout.server, layout.socket, draft]) await makeOwned(folder, user);
  await runInitdb(layout, draft, binaries, user, fsync);
  const configuration = join(draft, 'postgresql.conf');
  await writeFile(configuration, ownConfiguration);
  await rename(draft, layout.cluster);
  await flush(layout.server);
}

/** What a killed start left unfinished. Its initdb may still be writing; then the next start removes it. */
async function removeDrafts({ server }: FolderLayout): Promise<void> {
  const names = await readdir(server).catch(() => []);
  const drafts = names.filter((name) => name.startsWith('data.draft-')).map((name) => join(server, name));
  await Promise.allSettled(drafts.map((draft) => rm(draft, { recursive: true })));
}

/**
 * The password of the private server, made on first use; mode 0600.
 * Throws `configuration` when it may not be read, or is gone while the cluster that knows it is there.
 */
export async function readPassword(layout: FolderLayout): Promise<string> {
  const kept = await readFile(layout.password, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !existsSync(layout.cluster)) return '';
    throw new TouchstoneError(
      'configuration',
      `The database password in ${layout.password} cannot be read (${error.code}). Run as the user that the file belongs to, or restore it from a backup of the folder.`,
    );
  });
  if (kept !== '') return kept.trim();
  const password = randomBytes(24).toString('base64url');
  await writeFile(layout.password, `${password}\n`, { mode: 0o600, flush: true });
  return password;
}

export const superuser = 'touchstone';

const ownConfiguration = `# Touchstone writes touchstone.conf anew at every start. Settings of your own go below it and win.
include 'touchstone.conf'
`;

async function runInitdb(
  layout: FolderLayout,
  draft: string,
  binaries: Binaries,
  user: SystemUser | undefined,
  fsync: boolean,
): Promise<void> {
  // Read by initdb under the server's user, and gone right after; its folder is closed to everybody else.
  const passwordFile = join(layout.server, 'initial-password');
  await writeFile(passwordFile, `${await readPassword(layout)}\n`, { mode: 0o600 });
  if (user !== undefined) await chown(passwordFile, user.uid, user.gid);
  const parameters = [
    `--pgdata=${reachable(draft, user)}`,
    `--username=${superuser}`,
    `--pwfile=../${basename(passwordFile)}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(fsync ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(binaries.initdb, parameters, { ...user, cwd: draft, env: serverEnvironment });
  } catch (error) {
    throw new Error(
      `The PostgreSQL cluster could not be made: ${error instanceof Error ? error.message : error}`,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Messages in English, so that the log reads alike everywhere; nothing else of our environment is the server's business. */
export const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH };

/**
 * How the server's processes name their own folder. As another user they may not be allowed to walk there (below /root),
 * but they are started in it: Linux lets every process enter the folder it stands in by this name.
 */
export function reachable(folder: string, user: SystemUser | undefined): string {
  return user !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : folder;
}

function refuseOtherMajor({ root }: FolderLayout, found: number, ours: number): void {
  if (found === ours) return;
  throw new TouchstoneError(
    'configuration',
    `The data folder ${root} holds data of PostgreSQL ${found}; this version of Touchstone brings PostgreSQL ${ours}, which cannot read it. Export it with the version of Touchstone that wrote it (touchstone export) and import it into a new folder.`,
  );
}

async function makeOwned(folder: string, user: SystemUser | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) await chown(folder, user.uid, user.gid);
}

/** A rename is durable once the folder it happened in has been written. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}
