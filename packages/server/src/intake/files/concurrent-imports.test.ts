import { expect, it } from 'vitest';
import { freshDatabase } from '../../../test/fresh-database.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
import { systemClock } from '../../vocabulary/clock.ts';
import { importFiles } from './import-files.ts';

const { db } = await freshDatabase();
const file = await temporaryFiles();

it('the same import twice at once ends in one record of each row, and in an import that is complete', async () => {
  const rows = Array.from({ length: 3_000 }, (_, number) => `C${number},Customer ${number}`);
  const request = {
    kind: 'customers' as const,
    files: [await file('customers.csv', ['external_id,name', ...rows].join('\n'))],
    mapping: undefined,
    dryRun: false,
    rejectsFile: undefined,
  };
  let held = () => {};
  const isHeld = new Promise<void>((resolve) => {
    held = resolve;
  });
  const first = importFiles(db, request, {
    clock: systemClock,
    actor: 'cli',
    currency: 'EUR',
    visitWindowDays: 30,
    report: () => held(),
  });
  await isHeld;
  const second = importFiles(db, request, {
    clock: systemClock,
    actor: 'cli',
    currency: 'EUR',
    visitWindowDays: 30,
  });
  const ends = await Promise.allSettled([first, second]);

  expect(ends.map(({ status }) => status)).toContain('fulfilled');
  for (const end of ends) {
    if (end.status === 'rejected')
      expect(end.reason.message).toContain('Another process carries out this import');
  }
  const imports = await db.selectFrom('imports').selectAll().execute();
  expect(imports.map(({ status }) => status)).toEqual(imports.map(() => 'completed'));
  expect(imports.reduce((sum, { created }) => sum + created, 0)).toBe(3_000);
  const { count } = await db
    .selectFrom('customers')
    .select((each) => each.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(3_000n);
});
