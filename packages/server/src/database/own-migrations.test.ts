import { expect, test } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';
import { migrateDatabase, migrateDown } from './index.ts';

const { pool } = await freshDatabase();

test('the way back leads to an empty database and up again, every step of it', async () => {
  const steps: string[] = [];
  for (let step = await migrateDown(pool); step !== undefined; step = await migrateDown(pool))
    steps.unshift(step);
  const { rows } = await pool.query(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S', 'm')",
  );
  expect(rows).toEqual([{ relname: 'schema_migrations' }]);
  expect(await migrateDatabase(pool)).toEqual(steps);
});
