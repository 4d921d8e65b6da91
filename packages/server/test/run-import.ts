// A program for tests that end an import from outside: `run-import.ts DATABASE_URL orders|visits MAPPING FILE…`
// (a mapping of '' is none). It prints a line when
// it begins to record and one for every batch, then the summary.
import { connectDatabase } from '../src/database/index.ts';
import { importFiles } from '../src/intake/index.ts';
import { systemClock } from '../src/vocabulary/clock.ts';

const [url = '', kind, mapping, ...files] = process.argv.slice(2);
const { db, close } = connectDatabase(url);
const summary = await importFiles(
  db,
  {
    kind: kind === 'visits' ? kind : 'orders',
    files,
    mapping: mapping || undefined,
    dryRun: false,
    rejectsFile: undefined,
  },
  {
    clock: systemClock,
    actor: 'cli',
    currency: 'EUR',
    visitWindowDays: 30,
    report: (progress) => console.log(JSON.stringify(progress)),
  },
);
console.log(JSON.stringify(summary));
await close();
