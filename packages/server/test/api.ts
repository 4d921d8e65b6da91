import { pino } from 'pino';
import { routeTable } from '../src/http/route-table.ts';
import { drainQueue, fillNewVersions, lastTouchOf, previewReach } from '../src/jobs/index.ts';
import { type ServerOptions, startServer } from './server.ts';

export { type ApiReply, testSettings } from './server.ts';

/**
 * The whole product on a fresh database, asked without a socket by an admin; at the top of a test file:
 * `const api = await startApi();`, then `await api.post('/orders', {…})`. Paths without `/api/v1`; a path that begins
 * with it, or with `//`, is taken as the server's own (`//healthz`).
 */
export async function startApi(options: Partial<ServerOptions> = {}) {
  const server = await startServer({ routes: routeTable, previewReach, lastTouchOf, ...options });
  const { db, pool, clock, settings } = server;
  await fillNewVersions(db, settings, clock.now());

  /** Works through the job queue, as the worker of a running server does. */
  async function settle(): Promise<void> {
    const { attributionEnabled } = settings;
    await drainQueue({ db, pool, clock, log: pino({ level: 'silent' }), settings, attributionEnabled });
  }

  return { ...server, settle };
}

export type Api = Awaited<ReturnType<typeof startApi>>;
