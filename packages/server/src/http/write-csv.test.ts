import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer } from '../../test/server.ts';
import { route } from '../vocabulary/route.ts';
import { csvOf } from './write-csv.ts';

const table = route({
  method: 'GET',
  path: '/table',
  permission: 'reports:read',
  tag: 'Test',
  summary: 'A report of one row',
  csv: true,
  query: z.object({ empty: z.string().optional() }),
  data: z.array(z.json()),
  handle: async ({ query }) => {
    const rows = query.empty === undefined ? [{ name: 'Summer', revenue: 1234.5 }] : [];
    return { data: rows, csv: { filename: 'leader board.csv', columns: ['name', 'revenue'], rows } };
  },
});

const api = await startServer({ routes: [table] });

describe('a table as CSV', () => {
  it('has a header, plain decimals, empty cells for what is unknown and CRLF line ends', () => {
    const rows = [
      { name: 'Summer', revenue: 1234.5, profit: null, at: new Date('2026-03-01T00:00:00Z'), live: true },
      { name: 'Winter, late', revenue: -0.0000001, profit: undefined, at: null, live: false },
      { name: 'He said "no"\nand left', revenue: 1e21, profit: 12n, at: null, live: true },
    ];
    expect(csvOf({ filename: 'x.csv', rows })).toBe(
      [
        'name,revenue,profit,at,live',
        'Summer,1234.5,,2026-03-01T00:00:00.000Z,true',
        '"Winter, late",-0.0000001,,,false',
        '"He said ""no""\nand left",1000000000000000000000,12,,true',
        '',
      ].join('\r\n'),
    );
  });

  it.each(['two\nlines', 'two\rlines', 'two\r\nlines', '\n', 'end\n'])('keeps %j in its cell', (text) => {
    const csv = csvOf({ filename: 'x.csv', rows: [{ text, after: 1 }] });
    expect(parse(csv, { columns: true, record_delimiter: ['\r\n', '\n', '\r'] })).toEqual([
      { text, after: '1' },
    ]);
  });

  it.each(['=1+1', '+SUM(A1)', '-2+3', '@cmd', '\tx', '\rx', '=HYPERLINK("http://x")'])(
    'gives a spreadsheet no formula to run: %j',
    (text) => {
      const [row] = parse(csvOf({ filename: 'x.csv', rows: [{ text }] }), {
        columns: true,
        record_delimiter: '\r\n',
      }) as { text: string }[];
      expect(row?.text).toBe(`'${text}`);
    },
  );

  it('leaves negative numbers alone, also those that come as text', () => {
    expect(csvOf({ filename: 'x.csv', rows: [{ a: -12.5, b: '-12.50', c: -3n }] })).toBe(
      'a,b,c\r\n-12.5,-12.50,-3\r\n',
    );
  });

  it('gives back every text as it was, but for the apostrophe before a formula', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a1 ,"-=+@\r\n\t.é＝') }));
    const cell = fc.oneof(
      text,
      fc.integer(),
      fc.integer().map((cents) => cents / 100),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, cell, cell), { minLength: 1 }), (rows) => {
        const csv = csvOf({ filename: 'x.csv', rows: rows.map(([a, b, c]) => ({ a, b, c })) });
        const read = parse(csv, { record_delimiter: '\r\n', from_line: 1 }).slice(1) as string[][];
        expect(read).toHaveLength(rows.length);
        for (const [place, row] of rows.entries()) {
          for (const [column, given] of row.entries()) {
            const there = read[place]![column]!;
            if (typeof given === 'number') expect(Number(there)).toBe(given);
            else expect([given ?? '', `'${given}`]).toContain(there);
          }
        }
      }),
    );
  });

  it('is sent to whom prefers it, as a file', async () => {
    const reply = await api.get('/table', { accept: 'text/csv' });
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(reply.headers['content-disposition']).toBe('attachment; filename="leader-board.csv"');
    expect(reply.text).toBe('name,revenue\r\nSummer,1234.5\r\n');
  });

  it('has its header when there are no rows', async () => {
    expect((await api.get('/table?empty=1', { accept: 'text/csv' })).text).toBe('name,revenue\r\n');
  });

  it.each(['*/*', 'application/json', 'text/html,*/*;q=0.8', 'text/csv;q=0.5, application/json', ''])(
    'is not sent to whom accepts %j',
    async (accept) => {
      const reply = await api.get('/table', { accept });
      expect(reply.body).toEqual({ success: true, data: [{ name: 'Summer', revenue: 1234.5 }] });
      expect(reply.headers.vary).toContain('accept');
    },
  );
});
