// The product with its worker, as `touchstone serve` is, that deliveries of the bench are sent to: its settings come
// from the environment, its data lie in the folder given. It prints its port when it is ready.
import type { AddressInfo } from 'node:net';
import { destination, pino } from 'pino';
import { readSettings } from '../packages/server/src/cli/settings/read-settings.ts';
import { migrateDatabase, openDatabase } from '../packages/server/src/database/index.ts';
import { buildServer } from '../packages/server/src/http/index.ts';
import { routeTable } from '../packages/server/src/http/route-table.ts';
import { fillNewVersions, lastTouchOf, previewReach, runWorker } from '../packages/server/src/jobs/index.ts';
import { systemClock } from '../packages/server/src/vocabulary/clock.ts';
import { certificate } from '../packages/server/test/sns-certificate.ts';

const settings = readSettings(process.env);
const database = await openDatabase(settings, { log: () => {}, company: 'alone' });
const { db, pool } = database;
await migrateDatabase(pool);
await fillNewVersions(db, settings, systemClock.now());
const log = pino({ level: 'info' }, destination('/dev/null'));
const shared = { db, clock: systemClock, settings, log };
const worker = await runWorker({ ...shared, pool, attributionEnabled: settings.attributionEnabled });
const server = await buildServer({
  ...shared,
  routes: routeTable,
  previewReach: previewReach(db),
  lastTouchOf: lastTouchOf(settings),
  // Amazon's certificates are not asked for: this is ours.
  fetchText: async () => certificate,
});
await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${(server.server.address() as AddressInfo).port}\n`);
process.once('SIGTERM', async () => {
  await server.close();
  await worker.stop();
  await database.close();
  process.exit(0);
});
