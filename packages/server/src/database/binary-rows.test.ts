import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';
import { type BinaryType, binaryRows } from './binary-rows.ts';
import { withRowType } from './row-type.ts';

const { db, pool } = await freshDatabase();
const probeType = 'create type probe as (words text, labels jsonb, id uuid, at timestamptz, bytes bytea)';
await pool.query(probeType);

type Probe = { words: string | null; labels: object | null; id: string; at: Date; bytes: string | null };
const columns: [keyof Probe, BinaryType][] = [
  ['words', 'text'],
  ['labels', 'jsonb'],
  ['id', 'uuid'],
  ['at', 'timestamptz'],
  ['bytes', 'bytea'],
];
const writtenText = `words, labels, id::text, at, '\\x' || encode(bytes, 'hex') as bytes`;

async function readBack(rows: Probe[]): Promise<Probe[]> {
  const read = await withRowType(db, 'probe', (probe) =>
    pool.query<Probe>(`select ${writtenText} from unnest($1::probe[])`, [binaryRows(rows, probe, columns)]),
  );
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

it('a row type that was made anew, as in a database that was restored, is found again', async () => {
  const sent = { words: 'here', labels: null, id: fc.sample(fc.uuid(), 1)[0]!, at: new Date(0), bytes: null };
  expect(await readBack([sent])).toEqual([sent]);
  await pool.query(`drop type probe; ${probeType}`);
  expect(await readBack([sent])).toEqual([sent]);
});

it('a row type that is not there is said to be missing, and found once it is', async () => {
  const oid = () => withRowType(db, 'later', async (found) => found);
  await expect(oid()).rejects.toThrow('type "later" does not exist');
  await pool.query('create type later as (a int)');
  expect(await oid()).toBeGreaterThan(0);
});
