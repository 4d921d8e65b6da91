// A program for tests that end an app from outside: `run-private-server.ts FOLDER [idle|write] [uid]`.
// It prints the server's process id once that is ready; in mode `write` then every number whose row was acknowledged.
import pg from 'pg';
// Past the door of the room, which would also load what these tests start a dozen times without using.
import { startPrivateServer } from '../src/database/private-server/start-private-server.ts';

const [dataDirectory = '', mode = 'idle', uid] = process.argv.slice(2);
if (uid !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(Number(uid));
  process.setuid?.(Number(uid));
}
const server = await startPrivateServer({ dataDirectory, log: (message) => console.error(message) });
console.log(JSON.stringify({ pid: server.pid, uid: process.getuid?.() }));
if (mode === 'write') await Promise.all([1, 2, 3, 4].map(write));
else setInterval(() => {}, 60_000);

async function write(): Promise<void> {
  const client = new pg.Client(server.connection);
  await client.connect();
  for (;;) {
    const { rows } = await client.query('INSERT INTO acknowledged DEFAULT VALUES RETURNING number::int');
    console.log(JSON.stringify(rows[0]));
  }
}
