import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';
import { type BinaryColumn, binaryRows } from './binary-rows.ts';
import { rowTypeOf } from './row-type.ts';

const { db, pool } = await freshDatabase();
await pool.query('create type probe as (words text, labels jsonb, id uuid, at timestamptz, bytes bytea)');
const probe = await rowTypeOf(db, 'probe');

type Probe = { words: string | null; labels: object | null; id: string; at: Date; bytes: string | null };
const columns: BinaryColumn<Probe>[] = [
  { type: 'text', pick: (row) => row.words },
  { type: 'jsonb', pick: (row) => row.labels },
  { type: 'uuid', pick: (row) => row.id },
  { type: 'timestamptz', pick: (row) => row.at },
  { type: 'bytea', pick: (row) => row.bytes },
];
const writtenText = `words, labels, id::text, at, '\\x' || encode(bytes, 'hex') as bytes`;

async function readBack(rows: Probe[]): Promise<Probe[]> {
  const sent = binaryRows(rows, probe, columns);
  const read = await pool.query<Probe>(`select ${writtenText} from unnest($1::probe[])`, [sent]);
  return read.rows;
}

// PostgreSQL knows neither NUL nor half a surrogate pair, which no request gets past the intake with.
const words = fc.string({ unit: 'grapheme', maxLength: 80 }).filter((text) => !text.includes('\0'));
const row = fc.record<Probe>({
  words: fc.option(words),
  labels: fc.option(fc.dictionary(words, words)),
  id: fc.uuid(),
  at: fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
  bytes: fc.option(fc.uint8Array().map((bytes) => `\\x${Buffer.from(bytes).toString('hex')}`)),
});

it('rows that are sent in binary are read as they were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      expect(await readBack(rows)).toEqual(
        rows.map((sent) => ({ ...sent, labels: sent.labels && { ...sent.labels } })),
      );
    }),
    { numRuns: 200 },
  );
});

it('rows much longer than usual are sent whole', async () => {
  const long = {
    words: 'ö€😀'.repeat(5000),
    labels: { a: '"\\'.repeat(3000) },
    bytes: `\\x${'0f'.repeat(9000)}`,
  };
  const rows = [1, 2, 3].map((place) => ({
    ...long,
    id: `00000000-0000-0000-0000-00000000000${place}`,
    at: new Date('1999-12-31T23:59:59.999Z'),
  }));
  expect(await readBack(rows)).toEqual(rows);
});

it('a row type that is not there is said to be missing, and found once it is', async () => {
  await expect(rowTypeOf(db, 'later')).rejects.toThrow('type "later" does not exist');
  await pool.query('create type later as (a int)');
  expect(await rowTypeOf(db, 'later')).toBeGreaterThan(0);
});
