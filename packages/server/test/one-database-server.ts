import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connectDatabase, migrateDatabase, startPrivateServer, urlOf } from '../src/database/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

/** What the run's test files share: a server and, on it, a migrated database to clone. */
export type TestServer = { url: string; template: string };

/**
 * One server for the whole run: a private one with fsync off, or the one at TEST_DATABASE_URL (whose user may create
 * databases). Returns what ends it.
 */
export default async function startOneServer({ provide }: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given === undefined ? await startTemporaryServer() : { url: given, stop: async () => {} };
  const template = `touchstone_test_${randomUUID().slice(0, 8)}`;
  // Sorted by code point on a given server too, as the private one is.
  await makeTemplate(server.url, template, given === undefined ? '' : "ENCODING 'UTF8' LOCALE 'C.UTF-8'");
  provide('testServer', { url: server.url, template });
  return async () => {
    await dropAll(server.url, template);
    await server.stop();
  };
}

async function startTemporaryServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
  const server = await startPrivateServer({ dataDirectory, fsync: false, log: () => {} });
  return {
    url: urlOf(server.connection),
    stop: async () => {
      await server.stop();
      await rm(dataDirectory, { recursive: true });
    },
  };
}

async function makeTemplate(url: string, template: string, locale: string): Promise<void> {
  const server = connectDatabase(url, { maxConnections: 1 });
  await server.pool.query(`CREATE DATABASE ${template} TEMPLATE template0 ${locale}`);
  await server.close();
  const database = connectDatabase(withDatabase(url, template), { maxConnections: 2 });
  await migrateDatabase(database.pool);
  await database.close();
}

/** The template and whatever a broken test file left behind. */
async function dropAll(url: string, template: string): Promise<void> {
  const server = connectDatabase(url, { maxConnections: 1 });
  const { rows } = await server.pool.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [template],
  );
  for (const { datname } of rows) await server.pool.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  await server.close();
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
