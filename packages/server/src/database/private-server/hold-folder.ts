import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import { placeOfProcesses, startOfProcess } from './identify-process.ts';

/** Who holds a data folder (or is about to), and once its server is ready, where that listens. */
export type Holder = {
  pid: number;
  started: string | undefined;
  place: string;
  command: string;
  held: boolean;
  listens?: Listens;
};

type Listens = { host: string; port: number };

export type FolderHold = { announce(listens: Listens): Promise<void>; release(): Promise<void> };

type Log = (message: string) => void;

const beatMilliseconds = 500;
const silenceMilliseconds = 4000;
const graceMilliseconds = 1000;

/**
 * Makes this process the only app on a data folder. Each app writes a file of its own first and looks for others then,
 * so that of two that start at once at least one sees the other: the older file wins, the younger steps back. What a
 * killed app left is removed.
 *
 * Throws `conflict` naming the process that holds the folder.
 */
export async function holdFolder(folder: string, log: Log): Promise<FolderHold> {
  const own = await writeClaim(folder);
  const patientUntil = performance.now() + graceMilliseconds;
  for (;;) {
    const others = await findHolders(folder, log, own.name);
    if (others.length === 0) {
      await own.take();
      return own;
    }
    const winner = others.find(({ name, holder }) => holder.held || name < own.name);
    if (winner !== undefined && performance.now() >= patientUntil) {
      await own.release();
      throw alreadyHeld(folder, winner.holder);
    }
    // Others that came later see this one and step back; one that was just killed takes a moment to die.
    await wait(20);
  }
}

/** The living app on a folder, if there is one. */
export async function findHolder(folder: string, log: Log): Promise<Holder | undefined> {
  return (await findHolders(folder, log))[0]?.holder;
}

async function findHolders(
  folder: string,
  log: Log,
  except?: string,
): Promise<{ name: string; holder: Holder }[]> {
  const names = (await readdir(folder)).filter((name) => /^app-.*\.lock$/.test(name) && name !== except);
  const found = await Promise.all(
    names.sort().map(async (name) => {
      const holder = await readHolder(join(folder, name));
      if (holder !== undefined && (await isAlive(holder, join(folder, name), log))) return [{ name, holder }];
      await rm(join(folder, name), { force: true });
      return [];
    }),
  );
  return found.flat();
}

type Claim = FolderHold & { name: string; take(): Promise<void> };

async function writeClaim(folder: string): Promise<Claim> {
  // Sorts by age.
  const name = `app-${Date.now()}-${randomUUID()}.lock`;
  const file = join(folder, name);
  const holder: Holder = {
    pid: process.pid,
    started: startOfProcess(process.pid),
    place: placeOfProcesses(),
    command: process.argv.slice(1).join(' '),
    held: false,
  };
  await writeWhole(file, holder);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => clearInterval(beat));
  }, beatMilliseconds).unref();
  return {
    name,
    take: () => writeWhole(file, { ...holder, held: true }),
    announce: (listens) => writeWhole(file, { ...holder, held: true, listens }),
    release: async () => {
      clearInterval(beat);
      await rm(file, { force: true });
    },
  };
}

async function writeWhole(file: string, holder: Holder): Promise<void> {
  const draft = `${file}.draft`;
  await writeFile(draft, JSON.stringify(holder));
  await rename(draft, file);
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A machine that lost power may leave an empty file; its writer is gone.
    return undefined;
  }
}

async function isAlive(holder: Holder, file: string, log: Log): Promise<boolean> {
  if (holder.place === placeOfProcesses()) return startOfProcess(holder.pid) === holder.started;
  // Process ids of another container or machine mean nothing here, but its app touches the file twice a second.
  log(`Waiting to see whether another app (${holder.place}) still uses ${file} …`);
  const before = await lastTouched(file);
  await wait(silenceMilliseconds);
  return (await lastTouched(file)) !== before;
}

async function lastTouched(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

function alreadyHeld(folder: string, { pid, place, command }: Holder): TouchstoneError {
  const where = place === placeOfProcesses() ? `process ${pid}` : `process ${pid} on ${place}`;
  return new TouchstoneError(
    'conflict',
    `Another app already runs on the data folder ${folder}: ${where} (${command}). Stop it first, or set TOUCHSTONE_DATA_DIR to another folder.`,
  );
}
