import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';
import { connectDatabase, migrateDatabase, migrateDown } from './index.ts';

const { pool, url } = await freshDatabase({ migrated: false });

test('steps are applied once, in order, and taken back one at a time', async () => {
  const folder = folderOf({
    '0001_words.up.sql': 'CREATE TABLE words (word text);',
    '0001_words.down.sql': 'DROP TABLE words;',
    '0002_more.up.sql': "ALTER TABLE words ADD COLUMN size int; INSERT INTO words VALUES ('a', 1);",
    '0002_more.down.sql': 'ALTER TABLE words DROP COLUMN size;',
  });
  expect(await migrateDatabase(pool, { folder })).toEqual(['0001_words', '0002_more']);
  expect(await migrateDatabase(pool, { folder })).toEqual([]);
  expect(await rows('SELECT * FROM words')).toEqual([{ word: 'a', size: 1 }]);

  expect(await migrateDown(pool, { folder })).toBe('0002_more');
  expect(await rows('SELECT * FROM words')).toEqual([{ word: 'a' }]);
  expect(await migrateDown(pool, { folder })).toBe('0001_words');
  expect(await migrateDown(pool, { folder })).toBeUndefined();
});

test('the schema of the job queue comes with it', async () => {
  expect(await rows("SELECT to_regproc('graphile_worker.add_job') IS NOT NULL AS there")).toEqual([
    { there: true },
  ]);
});

test('several starts at once take turns', async () => {
  const folder = folderOf(
    steps('0001_slow', 'SELECT pg_sleep(0.2); CREATE TABLE slow ()', 'DROP TABLE slow'),
  );
  const starts = Array.from({ length: 3 }, async () => {
    const own = connectDatabase(url, { maxConnections: 2 });
    return migrateDatabase(own.pool, { folder }).finally(own.close);
  });
  expect((await Promise.all(starts)).flat()).toEqual(['0001_slow']);
  await migrateDown(pool, { folder });
});

test('a step that fails leaves nothing of itself and says which it was', async () => {
  const folder = folderOf({
    ...steps('0001_good', 'CREATE TABLE good ()', 'DROP TABLE good'),
    ...steps('0002_bad', 'CREATE TABLE half (); SELECT 1 / 0', 'DROP TABLE half'),
  });
  await expect(migrateDatabase(pool, { folder })).rejects.toThrow(
    'Migration 0002_bad failed and was rolled back: division by zero',
  );
  expect(await rows("SELECT to_regclass('good') AS good, to_regclass('half') AS half")).toEqual([
    { good: 'good', half: null },
  ]);
  expect(await migrateDown(pool, { folder })).toBe('0001_good');
});

test('a step that was changed after it was applied is refused; its line endings do not matter', async () => {
  const folder = folderOf(steps('0001_kept', 'CREATE TABLE kept ();\n', 'DROP TABLE kept'));
  await migrateDatabase(pool, { folder });
  writeFileSync(join(folder, '0001_kept.up.sql'), 'CREATE TABLE kept ();\r\n');
  expect(await migrateDatabase(pool, { folder })).toEqual([]);

  writeFileSync(join(folder, '0001_kept.up.sql'), 'CREATE TABLE kept (word text);\n');
  await expect(migrateDatabase(pool, { folder })).rejects.toThrow(
    '0001_kept was applied to this database and',
  );
  await expect(migrateDown(pool, { folder })).rejects.toThrow('0001_kept was applied to this database and');
});

test('a database that is ahead of this version is refused', async () => {
  await expect(migrateDatabase(pool, { folder: folderOf({}) })).rejects.toThrow(
    'The database has migration 0001_kept, which this version of Touchstone does not know.',
  );
});

test('a step that comes before those applied is named as what it is', async () => {
  const kept = steps('0001_kept', 'CREATE TABLE kept ();\n', 'DROP TABLE kept');
  const folder = folderOf({ ...steps('0000_late', '', ''), ...kept });
  await expect(migrateDatabase(pool, { folder })).rejects.toThrow('0000_late comes before 0001_kept');
});

test.each([
  [
    'two of a number',
    { ...steps('0002_b', '', ''), ...steps('0002_c', '', '') },
    '0002_c has the number of another',
  ],
  ['a step without a number', steps('b', '', ''), 'b.up.sql is no step'],
  ['no way back', { '0001_a.up.sql': '' }, 'every step needs its way back'],
  ['no way up', { '0001_a.down.sql': '' }, '0001_a.down.sql has no way up'],
])('a folder with %s is refused', async (_, files, message) => {
  await expect(migrateDatabase(pool, { folder: folderOf(files) })).rejects.toThrow(message);
});

function steps(name: string, up: string, down: string): Record<string, string> {
  return { [`${name}.up.sql`]: up, [`${name}.down.sql`]: down };
}

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function rows(statement: string): Promise<unknown[]> {
  return (await pool.query(statement)).rows;
}
