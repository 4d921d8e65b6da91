import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { connectDatabase, type DatabaseConnection } from '../src/database/index.ts';
import { withDatabase } from './one-database-server.ts';

/**
 * A migrated, empty database for one test file: `const { db, pool } = await freshDatabase();` at the top of the file.
 * It is dropped after the file's last test. `url` opens more connections, or another process, on it.
 * With `migrated: false` it has no tables at all.
 */
export async function freshDatabase({
  maxConnections = 10,
  migrated = true,
} = {}): Promise<DatabaseConnection & { url: string }> {
  const { url: serverUrl, template } = inject('testServer');
  const name = `${template}_${randomUUID().slice(0, 8)}`;
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${migrated ? template : 'template0'}`);
  const url = withDatabase(serverUrl, name);
  const connection = connectDatabase(url, { maxConnections });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= connection.close().then(() => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`));
    return closing;
  };
  afterAll(close);
  return { ...connection, url, close };
}

async function onServer(url: string, statement: string): Promise<void> {
  const server = connectDatabase(url, { maxConnections: 1 });
  await server.pool.query(statement).finally(server.close);
}
