import { expect, test } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';
import { connectDatabase, openDatabase, urlOf } from './index.ts';

const { pool, url } = await freshDatabase({ migrated: false });

test('values arrive exactly: large integers as bigint, decimals and calendar dates as text, instants as Date', async () => {
  const { rows } = await pool.query(`
    SELECT 9007199254740993::int8 AS large, 7::int4 AS small, 0.10::numeric(5, 2) AS decimal,
      '2026-03-29T02:30:00.123Z'::timestamptz AS instant, '2026-03-29'::date AS day,
      ARRAY[1, NULL]::int8[] AS many, ARRAY['2026-03-29', NULL]::date[] AS days, NULL::int8 AS none`);
  expect(rows[0]).toEqual({
    large: 9_007_199_254_740_993n,
    small: 7,
    decimal: '0.10',
    instant: new Date('2026-03-29T02:30:00.123Z'),
    day: '2026-03-29',
    many: [1n, null],
    days: ['2026-03-29', null],
    none: null,
  });
});

test('values are sent exactly: bigint, and instants of a time when zones were off by seconds', async () => {
  const instant = new Date('1880-06-01T00:00:00.001Z');
  const { rows } = await pool.query('SELECT $1::int8 AS large, $2::timestamptz AS instant', [
    9_007_199_254_740_993n,
    instant,
  ]);
  expect(rows[0]).toEqual({ large: 9_007_199_254_740_993n, instant });
});

test('a session speaks UTC, whatever options the URL adds', async () => {
  const withOptions = new URL(url);
  withOptions.searchParams.set('options', '-c statement_timeout=1234');
  const connection = connectDatabase(withOptions.href);
  const { rows } = await connection.pool.query(
    "SELECT current_setting('TimeZone') AS zone, current_setting('statement_timeout') AS timeout",
  );
  await connection.close();
  expect(rows).toEqual([{ zone: 'UTC', timeout: '1234ms' }]);
});

test('a place and its URL lead to the same database, with any character in the password', () => {
  const place = {
    host: '/a folder/socket',
    port: 5432,
    user: 'us:er',
    password: 'p@ss/wörd%',
    database: 'd',
  };
  const { username, password, hostname, port, pathname } = new URL(urlOf(place));
  expect([username, password, hostname].map(decodeURIComponent)).toEqual([
    place.user,
    place.password,
    place.host,
  ]);
  expect([port, pathname]).toEqual(['5432', '/d']);
});

test('a server that ends a connection does not end the process, and the next query is answered', async () => {
  const said: string[] = [];
  const connection = connectDatabase(url, { maxConnections: 1, log: (message) => said.push(message) });
  const { rows } = await connection.pool.query('SELECT pg_backend_pid() AS pid');
  await pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
  await expect.poll(() => said, { timeout: 25_000 }).toHaveLength(1);
  expect(said[0]).toMatch(/^A database connection was lost/);
  expect((await connection.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await connection.close();
});

test('a given database is opened by its URL, and one that cannot be reached is named without its password', async () => {
  const settings = { databaseUrl: url, dataDirectory: '/nowhere' };
  const database = await openDatabase(settings, { log: () => {}, company: 'alone' });
  expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await database.close();

  const wrong = { ...settings, databaseUrl: 'postgres://me:secret@127.0.0.1:1/none' };
  const refusal = await openDatabase(wrong, { log: () => {}, company: 'alone' }).catch((error) => error);
  expect(refusal).toMatchObject({ code: 'configuration' });
  expect(refusal.message).toContain('Check DATABASE_URL');
  expect(refusal.message).not.toContain('secret');
  expect(() => connectDatabase('postgres://me:sec ret@/none')).toThrow('Write DATABASE_URL as postgres://');
});
