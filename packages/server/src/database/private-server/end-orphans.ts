import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FolderLayout } from './folder-layout.ts';
import { signalProcess, startOfProcess, worksIn } from './identify-process.ts';

/**
 * Ends the server that a killed app left running on the folder, in order (it commits nothing more, writes everything
 * down, and is gone). Called by the holder of the folder only.
 */
export async function endOrphan(layout: FolderLayout, log: (message: string) => void): Promise<void> {
  const orphan = await findPostmaster(layout);
  if (orphan === undefined) return forgetReusedId(layout);
  log(`The PostgreSQL of an earlier app still runs (process ${orphan.pid}); waiting until it has stopped …`);
  await endProcess(orphan.pid);
}

/** The server running on a folder and its state (`starting`, `ready`, `stopping`), from the file it keeps there. */
export async function findPostmaster(
  layout: FolderLayout,
): Promise<{ pid: number; status: string | undefined } | undefined> {
  const pid = await writtenId(layout);
  if (pid === undefined || startOfProcess(pid) === undefined) return undefined;
  if (!worksIn(pid, await realpath(layout.cluster))) return undefined;
  const text = await readFile(pidFile(layout), 'utf8').catch(() => '');
  return { pid, status: text.split('\n')[7]?.trim() };
}

/**
 * Ends what a killed server left behind: a backend in the middle of a long statement would hold the folder until it has
 * finished for nobody. Called when no server runs there. Where the processes of a folder cannot be listed (no /proc),
 * they end by themselves.
 */
export async function endBackends(layout: FolderLayout): Promise<void> {
  if (process.platform !== 'linux') return;
  const folder = await realpath(layout.cluster);
  const ids = (await readdir('/proc')).map(Number).filter((id) => Number.isInteger(id));
  for (const id of ids.filter((each) => worksIn(each, folder))) signalProcess(id, 'SIGQUIT');
}

/** Asks a server to stop without waiting for its clients, and waits until it has. */
export async function endProcess(pid: number): Promise<void> {
  const started = startOfProcess(pid);
  signalProcess(pid, 'SIGINT');
  for (let waited = 0; started !== undefined && startOfProcess(pid) === started; waited += 20) {
    // After a minute without the last checkpoint: stop at once, and let the next start recover from the log.
    if (waited === 60_000) signalProcess(pid, 'SIGQUIT');
    await wait(20);
  }
}

/**
 * PostgreSQL takes any living process with the id it wrote down for its server. Where that is another by now (or remains
 * that nobody collects, as in a container without an init), the file goes; otherwise it stays, for the server looks up in
 * it whether orphaned backends still use the old shared memory.
 */
async function forgetReusedId(layout: FolderLayout): Promise<void> {
  const pid = await writtenId(layout);
  if (pid !== undefined && exists(pid)) await rm(pidFile(layout), { force: true });
}

async function writtenId(layout: FolderLayout): Promise<number | undefined> {
  const text = await readFile(pidFile(layout), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function pidFile(layout: FolderLayout): string {
  return join(layout.cluster, 'postmaster.pid');
}
