import { expect, test } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';
import { dumpSchema } from './dump-schema.ts';

const { pool } = await freshDatabase();

test('the schema is the reviewed one (after a migration: npm run schema, and review the difference)', async () => {
  await expect(await dumpSchema(pool)).toMatchFileSnapshot('./schema.txt');
});

test('views, types, generated columns, identities and functions are part of it', async () => {
  await pool.query(`
    CREATE SCHEMA probe;
    CREATE TABLE probe.numbers (
      id int GENERATED ALWAYS AS IDENTITY CONSTRAINT numbers_pk PRIMARY KEY,
      half numeric(5, 1) NOT NULL DEFAULT 0.5,
      whole numeric GENERATED ALWAYS AS (half * 2) STORED
    );
    CREATE VIEW probe.halves AS SELECT half FROM probe.numbers;
    CREATE TYPE probe.pair AS (first int, second text);
    CREATE FUNCTION probe.one() RETURNS int LANGUAGE sql AS 'SELECT 1';
  `);
  const dump = await dumpSchema(pool);
  expect(dump.split('\n\n').filter((part) => part.includes('probe.'))).toEqual([
    'VIEW probe.halves\n  half numeric(5,1)\n  FROM probe.numbers',
    [
      'TABLE probe.numbers',
      '  id integer NOT NULL GENERATED AS IDENTITY',
      '  half numeric(5,1) NOT NULL DEFAULT 0.5',
      '  whole numeric GENERATED AS (half * (2)::numeric)',
      '  CONSTRAINT numbers_pk PRIMARY KEY (id)',
    ].join('\n'),
    'TYPE probe.pair\n  first integer\n  second text',
    expect.stringMatching(/^FUNCTION probe.one\(\)\n {2}CREATE OR REPLACE FUNCTION probe.one\(\)/),
  ]);
});
