import { Kysely, type LogEvent, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { readSettings } from '../packages/server/src/cli/settings/read-settings.ts';
import type { Database, Tables } from '../packages/server/src/database/index.ts';
import { buildServer } from '../packages/server/src/http/index.ts';
import { routeTable } from '../packages/server/src/http/route-table.ts';
import { lastTouchOf, previewReach } from '../packages/server/src/jobs/index.ts';
import { settableClock } from '../packages/server/src/vocabulary/clock.ts';

const adminKey = 'bench';

/** The product's own server on the bench's database, as on the evening of the year's last day. */
export async function serveBench(pool: Pool, onStatement: (event: LogEvent) => void = () => {}) {
  const db: Database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log: onStatement });
  const server = await buildServer({
    db,
    clock: settableClock('2025-12-31T20:00:00Z'),
    settings: { ...readSettings({}), adminKey, rateLimitPerMinute: 0 },
    log: pino({ level: 'silent' }),
    routes: routeTable,
    previewReach: previewReach(db),
    lastTouchOf: lastTouchOf(readSettings({})),
  });
  const headers = { authorization: `Bearer ${adminKey}` };

  /** Asks as a client would, but for the socket. */
  async function ask(path: string): Promise<unknown> {
    return JSON.parse(await request(path, 'application/json'));
  }

  async function askCsv(path: string): Promise<string> {
    return await request(path, 'text/csv');
  }

  async function request(path: string, accept: string): Promise<string> {
    const reply = await server.inject({ url: `/api/v1${path}`, headers: { ...headers, accept } });
    if (reply.statusCode !== 200) throw new Error(`${path} answered ${reply.statusCode}: ${reply.body}`);
    return reply.body;
  }

  return { server, headers, ask, askCsv };
}
