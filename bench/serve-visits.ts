// A server that visits are sent to, in a process of its own: `serve-visits.ts bare` answers the POST with nothing,
// `serve-visits.ts DATA_DIRECTORY` is the product on its private database there. It prints its port when it is ready.
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { destination, pino } from 'pino';
import { readSettings } from '../packages/server/src/cli/settings/read-settings.ts';
import { migrateDatabase, openDatabase } from '../packages/server/src/database/index.ts';
import { buildServer } from '../packages/server/src/http/index.ts';
import { routeTable } from '../packages/server/src/http/route-table.ts';
import { lastTouchOf, previewReach } from '../packages/server/src/jobs/index.ts';
import { systemClock } from '../packages/server/src/vocabulary/clock.ts';
import { codesOfBench, siteKeyOfBench } from './visits/make-visits.ts';

const [dataDirectory = 'bare'] = process.argv.slice(2);
const server = dataDirectory === 'bare' ? bare() : await ours(dataDirectory);
await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${(server.server.address() as AddressInfo).port}\n`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));

function bare() {
  const app = fastify();
  app.post('/*', async () => ({}));
  return app;
}

/** As `touchstone serve` does, behind a proxy, with lines written to a log for what is logged. */
async function ours(folder: string) {
  const settings = readSettings({
    TOUCHSTONE_DATA_DIR: folder,
    TOUCHSTONE_ADMIN_KEY: 'bench',
    TOUCHSTONE_SITE_KEY: siteKeyOfBench,
    TOUCHSTONE_TRUSTED_PROXIES: '127.0.0.1',
    TOUCHSTONE_OWN_ADDRESSES: '192.0.2.0/24',
  });
  const database = await openDatabase(settings, { log: () => {}, company: 'alone' });
  await migrateDatabase(database.pool);
  for (const code of codesOfBench) {
    await database.pool.query(
      `insert into campaigns (id, name, platform, campaign_type, tracking_code, starts_at, currency, status,
                              created_by, updated_by, created_at, updated_at)
       values (gen_random_uuid(), $1, 'instagram', 'post', $1, now(), 'EUR', 'running', 'bench', 'bench', now(), now())
       on conflict do nothing`,
      [code],
    );
  }
  const app = await buildServer({
    db: database.db,
    clock: systemClock,
    settings,
    log: pino({ level: 'info' }, destination('/dev/null')),
    routes: routeTable,
    previewReach: previewReach(database.db),
    lastTouchOf: lastTouchOf(settings),
  });
  app.addHook('onClose', () => database.close());
  return app;
}
