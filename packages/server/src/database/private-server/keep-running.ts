import { endProcess } from './end-orphans.ts';
import { signalProcess } from './identify-process.ts';
import type { Postmaster } from './run-postmaster.ts';

export type KeptServer = { readonly pid: number; stop(): Promise<void> };

/**
 * Keeps a server running for as long as this process: one that ends unexpectedly is started again at the same place, so
 * that pools find it there; and it does not outlive this process, which tells it to stop when it exits or is ended by a
 * signal. An app that handles signals itself calls `stop` when it has finished.
 */
export async function keepRunning(
  start: () => Promise<Postmaster>,
  log: (message: string) => void,
): Promise<KeptServer> {
  let current = await start();
  let stopping = false;
  let restarting = Promise.resolve();
  const restart = async () => {
    log(`PostgreSQL (process ${current.pid}) has ended unexpectedly; starting it again …`);
    try {
      current = await start();
      watch();
    } catch (error) {
      log(error instanceof Error ? error.message : String(error));
    }
  };
  const watch = () => {
    const { child, pid } = current;
    endWithThisProcess(pid);
    child.once('exit', () => {
      forget(pid);
      if (!stopping) restarting = restart();
    });
  };
  watch();
  return {
    get pid() {
      return current.pid;
    },
    stop: async () => {
      stopping = true;
      await restarting;
      await endProcess(current.pid);
      forget(current.pid);
    },
  };
}

const running = new Set<number>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function endWithThisProcess(pid: number): void {
  if (running.size === 0) {
    process.on('exit', endAll);
    for (const signal of signals) process.on(signal, endAllAndObey);
  }
  running.add(pid);
}

function forget(pid: number): void {
  running.delete(pid);
  if (running.size > 0) return;
  process.off('exit', endAll);
  for (const signal of signals) process.off(signal, endAllAndObey);
}

function endAll(): void {
  for (const pid of running) signalProcess(pid, 'SIGINT');
}

function endAllAndObey(signal: NodeJS.Signals): void {
  // Somebody else listens: the app, which is about to finish its work and needs the server for it.
  if (process.listenerCount(signal) > 1) return;
  endAll();
  process.off(signal, endAllAndObey);
  process.kill(process.pid, signal);
}
