import { readFile } from 'node:fs/promises';

// Of Linux, whose /proc tells the time of other processes in ticks of 10 ms.
const microsecondsPerTick = 10_000;

/**
 * The processor time a process has taken so far, in microseconds, with that of the children it has waited for; of a
 * PostgreSQL server, with that of its processes. Undefined where there is no /proc.
 */
export async function processorTime(pid: number, { withChildren = false } = {}): Promise<number | undefined> {
  const own = await ticksOf(pid);
  if (own === undefined || !withChildren) return own && own * microsecondsPerTick;
  const listed = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = await Promise.all(listed.trim().split(' ').map(Number).map(ticksOf));
  return children.reduce<number>((sum, ticks) => sum + (ticks ?? 0), own) * microsecondsPerTick;
}

/** The process of the private server of a data folder. */
export async function postmasterOf(folder: string): Promise<number> {
  return Number((await readFile(`${folder}/postgres/data/postmaster.pid`, 'utf8')).split('\n')[0]);
}

// utime, stime, cutime and cstime are fields 14 to 17 (man 5 proc); the name before them may hold spaces.
async function ticksOf(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields?.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
}
