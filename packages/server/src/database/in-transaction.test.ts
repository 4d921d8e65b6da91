import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';
import { type Database, inTransaction, isCheckViolation, isUniqueViolation, sqlstate } from './index.ts';

const { db, pool } = await freshDatabase({ migrated: false });
await pool.query(
  'CREATE TABLE counters (name text PRIMARY KEY, count int CONSTRAINT positive CHECK (count >= 0))',
);
await pool.query("INSERT INTO counters VALUES ('a', 0), ('b', 0)");

test('two that lock each other out both get through, each counted once', async () => {
  let attempts = 0;
  const bothHoldOne = meetingOf(2);
  const countBoth = (first: string, second: string) =>
    inTransaction(db, async (tx) => {
      attempts++;
      await increment(tx, first);
      await bothHoldOne();
      await increment(tx, second);
    });
  await Promise.all([countBoth('a', 'b'), countBoth('b', 'a')]);
  expect(attempts).toBe(3);
  expect((await pool.query('SELECT * FROM counters ORDER BY name')).rows).toEqual([
    { name: 'a', count: 2 },
    { name: 'b', count: 2 },
  ]);
});

test('what fails is rolled back whole, is not repeated, and is told by its SQLSTATE', async () => {
  let attempts = 0;
  const failure = await inTransaction(db, async (tx) => {
    attempts++;
    await increment(tx, 'a');
    await sql`INSERT INTO counters VALUES ('a', 9)`.execute(tx);
  }).catch((error) => error);
  expect([isUniqueViolation(failure), isCheckViolation(failure), sqlstate(failure)]).toEqual([
    true,
    false,
    '23505',
  ]);
  expect(attempts).toBe(1);
  expect((await pool.query("SELECT count FROM counters WHERE name = 'a'")).rows).toEqual([{ count: 2 }]);
});

test('a transaction inside another joins it', async () => {
  const failure = await inTransaction(db, async (tx) => {
    await inTransaction(tx, (inner) => increment(inner, 'b'));
    throw new Error('changed my mind');
  }).catch((error) => error);
  expect(failure.message).toBe('changed my mind');
  expect((await pool.query("SELECT count FROM counters WHERE name = 'b'")).rows).toEqual([{ count: 2 }]);
});

async function increment(tx: Database, name: string): Promise<void> {
  await sql`UPDATE counters SET count = count + 1 WHERE name = ${name}`.execute(tx);
}

/** Whoever comes waits until so many have come; later ones pass. */
function meetingOf(size: number): () => Promise<void> {
  let come = 0;
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come++;
    if (come >= size) open();
    return opened;
  };
}
