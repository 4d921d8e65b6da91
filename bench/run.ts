import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { migrateDatabase, type OpenDatabase, openDatabase } from '../packages/server/src/database/index.ts';
import { fillNewVersions } from '../packages/server/src/jobs/index.ts';
import { type BackfillMeasurement, countableStatuses, measureBackfill } from './measure-backfill.ts';
import { measureIntake } from './measure-intake.ts';
import { measureReports } from './measure-reports.ts';
import { loadShop } from './shop/load-shop.ts';
import { spreadPostings } from './shop/spread-postings.ts';
import { writePlans } from './write-plans.ts';
import { writeResults } from './write-results.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '365' },
    products: { type: 'string', default: '2000' },
    campaigns: { type: 'string', default: '200' },
    targets: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    plans: { type: 'boolean', default: false },
    reuse: { type: 'boolean', default: false },
  },
});
const size = {
  orders: Number(values.orders),
  days: Number(values.days),
  products: Number(values.products),
  campaigns: Number(values.campaigns),
  targets: Number(values.targets),
};

const started = performance.now();
function say(line: string): void {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${line}`);
}

const dataDirectory = fileURLToPath(new URL('../.bench/', import.meta.url));
if (!values.reuse) await rm(dataDirectory, { recursive: true, force: true });
const database = await openDatabase(
  { databaseUrl: undefined, dataDirectory },
  { company: 'alone', log: say },
);
try {
  const { pool } = database;
  await migrateDatabase(pool);
  const writing = values.reuse ? undefined : await measureBackfilled(database);
  if (values.reuse) await pool.query('vacuum (analyze)');
  await spreadPostings(pool);
  say('postings are spread over the year');
  if (values.plans) await writePlans(pool);
  const reports = await measureReports(pool, say);
  // Last, since the orders it sends stay in the queue.
  const intake = writing && (await measureIntake(pool, size));
  await writeResults({ size, reports, ...(writing && intake && { writing: { backfill: writing, intake } }) });
  say('written to bench/RESULTS.md');
} finally {
  await database.close();
}

async function measureBackfilled(database: OpenDatabase): Promise<BackfillMeasurement> {
  const { db, pool } = database;
  await fillNewVersions(
    db,
    { models: ['product_full', 'product_split'], countableStatuses, visitWindowDays: 30 },
    new Date(),
  );
  say(`loading ${size.orders} orders`);
  await loadShop(pool, size, Number(values.seed));
  say('loaded');
  const backfill = await measureBackfill(database, say);
  await pool.query('vacuum (analyze)');
  return backfill;
}
