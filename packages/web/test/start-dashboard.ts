import { existsSync } from 'node:fs';
import { afterAll } from 'vitest';
import { startInstallation } from '../../server/src/cli/start-installation.ts';
import { builtDashboard } from '../../server/src/http/index.ts';
import { freshDatabase } from '../../server/test/fresh-database.ts';
import { testSettings } from '../../server/test/server.ts';

type DashboardOptions = {
  settings?: Partial<typeof testSettings>;
  /** Where the server's time comes from; the browser keeps its own. */
  clock?: { now(): Date };
};

type Sent = { method?: string; body?: unknown };
type Json = ReturnType<typeof JSON.parse>;

/**
 * The whole product on a fresh database: server, worker and the built dashboard, at an address of its own; at the top
 * of a test file. `send` asks its API as an admin's program would, and throws what is refused.
 */
export async function startDashboard({ settings, clock }: DashboardOptions = {}) {
  if (!existsSync(`${builtDashboard}/index.html`)) {
    throw new Error('The dashboard is not built: npm run build, then these tests.');
  }
  const { url } = await freshDatabase();
  const installation = await startInstallation({ ...testSettings, ...settings, databaseUrl: url }, { clock });
  afterAll(installation.stop);
  const { address } = installation;

  async function send(path: string, { method = 'GET', body }: Sent = {}): Promise<Json> {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${testSettings.adminKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer: Json = await response.json();
    if (!answer.success) throw new Error(`${method} ${path}: ${JSON.stringify(answer.error)}`);
    return answer.data;
  }

  /** Until nothing is waiting to be settled. */
  async function settled(): Promise<void> {
    for (;;) {
      const { waiting, running, retrying } = await send('/admin/queue');
      if (waiting + running + retrying === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  return { address, send, settled };
}

export type Dashboard = Awaited<ReturnType<typeof startDashboard>>;
