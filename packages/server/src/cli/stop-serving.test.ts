import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const dataDirectory = await mkdtemp(join(tmpdir(), 'touchstone-stop-'));
const started: ChildProcess[] = [];
afterAll(async () => {
  for (const process_ of started) process_.kill('SIGKILL');
  await rm(dataDirectory, { recursive: true });
});

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A server as people start it: a process of its own with its private database. */
async function startProcess() {
  const process_ = spawn(
    process.execPath,
    ['--import', join(root, 'test/run-typescript.js'), join(root, 'src/cli/main.ts'), 'serve', '--json'],
    {
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        TOUCHSTONE_DATA_DIR: dataDirectory,
        TOUCHSTONE_ADMIN_KEY: 'for-the-test',
        TOUCHSTONE_LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  started.push(process_);
  const lines = createInterface(process_.stdout);
  const said: Record<string, string>[] = [];
  lines.on('line', (line) => said.push(JSON.parse(line)));
  await once(lines, 'line');
  const ask = (path: string, body?: unknown) =>
    fetch(`${said[0]?.address}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: 'Bearer for-the-test', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { process: process_, said, ask };
}

it('told to stop under load, the server finishes what it has taken, loses nothing and ends with 0', async () => {
  const server = await startProcess();
  const acknowledged: string[] = [];
  let refused = false;
  const load = Array.from({ length: 4 }, async (_, worker) => {
    for (let n = 0; !refused; n++) {
      const reply = await server.ask('/api-keys', { name: `${worker}-${n}`, role: 'analyst' }).catch(() => {
        refused = true;
      });
      if (reply?.status === 201) acknowledged.push(`${worker}-${n}`);
    }
  });
  while (acknowledged.length < 50) await new Promise((resolve) => setTimeout(resolve, 10));
  const exited = once(server.process, 'exit');
  server.process.kill('SIGTERM');
  await Promise.all(load);
  expect(await exited).toEqual([0, null]);
  expect(server.said.at(-1)).toEqual({ status: 'stopped' });

  const again = await startProcess();
  const { data } = (await (await again.ask('/api-keys')).json()) as { data: { name: string }[] };
  const kept = new Set(data.map(({ name }) => name));
  expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
  const ended = once(again.process, 'exit');
  again.process.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
}, 120_000);
