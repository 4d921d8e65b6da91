import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll } from 'vitest';

const adminKey = 'the-key-of-whoever-survives';
const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;

/** The built product on a private database in a folder of its own, to be killed and started again; not started yet. */
export async function killableServer({ siteKey = 'tss_of-the-shop' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-kill-'));
  const port = await freePort();
  let server: ChildProcess | undefined;
  afterAll(() => {
    kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [main, 'serve'], {
      env: {
        ...process.env,
        PORT: String(port),
        HOST: '127.0.0.1',
        TOUCHSTONE_DATA_DIR: folder,
        TOUCHSTONE_ADMIN_KEY: adminKey,
        TOUCHSTONE_SITE_KEY: siteKey,
        TOUCHSTONE_RATE_LIMIT: '0',
        DATABASE_URL: '',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said: string[] = [];
    started.stderr?.on('data', (chunk) => said.push(String(chunk)));
    for (let look = 0; look < 600; look += 1) {
      if (started.exitCode !== null) throw new Error(`the server ended: ${said.join('')}`);
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) {
        server = started;
        return;
      }
      await wait(100);
    }
    throw new Error(`the server was not ready within a minute: ${said.join('')}`);
  }

  /** The app first, so that it cannot start its database again; then the postmaster and its backends. */
  function kill(): void {
    if (server === undefined) return;
    const postmaster = Number(
      readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0],
    );
    const backends = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')
      .trim()
      .split(' ');
    server.kill('SIGKILL');
    server = undefined;
    for (const pid of [postmaster, ...backends.map(Number)]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        // A backend that ended by itself meanwhile is as dead as we want it.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }

  async function ask(method: string, path: string, body?: unknown) {
    const reply = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await reply.json()) as ReturnType<typeof JSON.parse>;
    // A server whose database is gone refuses, and so acknowledges nothing.
    if (reply.status === 503 || reply.status === 500) throw new TypeError(JSON.stringify(answer));
    if (!answer.success) throw new Error(JSON.stringify(answer));
    return answer;
  }

  return { start, kill, ask, siteKey };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}
