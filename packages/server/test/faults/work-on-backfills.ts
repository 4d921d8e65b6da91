// A program for the kill test: works on backfills until none is left. Prints a line when it begins.
import { connectDatabase } from '../../src/database/index.ts';
import { drainQueue } from '../../src/jobs/index.ts';
import { systemClock } from '../../src/vocabulary/clock.ts';

const { db, pool, close } = connectDatabase(process.argv[2] ?? '');
console.log('working');
await drainQueue({
  db,
  pool,
  clock: systemClock,
  log: { info: () => {}, warn: console.error, error: console.error },
  attributionEnabled: true,
  only: 'run-backfill',
});
await close();
