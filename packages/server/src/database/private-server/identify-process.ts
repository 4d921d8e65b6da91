import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * When a process started, as a text to compare: a process id alone is soon given to another. Undefined when there is no
 * such process, or only its remains that nobody has collected.
 */
export function startOfProcess(pid: number): string | undefined {
  if (process.platform !== 'linux') return psColumn(pid, 'lstart');
  const stat = readText(`/proc/${pid}/stat`);
  // The name of the command, in parentheses, may hold spaces and parentheses itself.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields?.[0], fields?.[19]];
  if (state === undefined || 'ZX'.includes(state)) return undefined;
  return `${startTicks} since boot ${readText('/proc/sys/kernel/random/boot_id')?.trim()}`;
}

/** Where process ids of this process mean something: the machine, and on it the container. */
export function placeOfProcesses(): string {
  return `${hostname()} ${readLink('/proc/self/ns/pid') ?? process.platform}`;
}

/** Whether a process works in a folder (an absolute path without links), as every process of a PostgreSQL does. */
export function worksIn(pid: number, folder: string): boolean {
  if (process.platform === 'linux') return readLink(`/proc/${pid}/cwd`) === folder;
  return psColumn(pid, 'command')?.includes(folder) ?? false;
}

/** Sends a signal, unless the process has ended in the meantime. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (startOfProcess(pid) !== undefined) throw error;
  }
}

function psColumn(pid: number, column: string): string | undefined {
  try {
    return (
      execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
