import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../test/fresh-database.ts';
import { refusalOf } from '../../../test/refusal-of.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
import { settableClock } from '../../vocabulary/clock.ts';
import { importFiles } from './import-files.ts';

const { db } = await freshDatabase();
const file = await temporaryFiles();

async function run(contents: Record<string, string | Buffer>, map?: string) {
  const files: string[] = [];
  for (const [name, content] of Object.entries(contents)) files.push(await file(name, content));
  const mapping = map === undefined ? undefined : await file('mapping.yaml', map);
  return importFiles(
    db,
    { kind: 'products', files, mapping, dryRun: false, rejectsFile: undefined },
    { clock: settableClock('2026-03-01T12:00:00Z'), actor: 'cli', currency: 'EUR', visitWindowDays: 30 },
  );
}

const names = async () =>
  (await db.selectFrom('products').select('name').orderBy('external_id').execute()).map(({ name }) => name);

describe('a file', () => {
  it.each([
    [
      'quotes.csv',
      'external_id,name\nA,"a" b\nB,b',
      /quotes.csv line 2: a quoted cell goes on after its closing quote/,
    ],
    ['open.csv', 'external_id,name\nA,"a\nB,b', /open.csv line 3: a quote is opened and never closed/],
    ['empty.csv', '', /empty.csv is empty/],
    ['double.csv', 'external_id,name,name\nA,a,b', /two columns named "name"/],
    ['table.xlsx', 'x', /table.xlsx is of no known kind; a file ends in .csv/],
    [
      'latin.csv',
      Buffer.from('external_id,name\nA,a\nB,Gr\xfcn', 'latin1'),
      /latin.csv is not utf-8 somewhere after line 1/,
    ],
  ])('that is broken as a whole is refused as a whole: %s', async (name, content, message) => {
    const refusal = await refusalOf(() => run({ [name]: content }));
    expect(refusal.message).toMatch(message);
    expect(refusal.code).toBe('invalid');
    expect(await names()).toEqual([]);
  });

  it('that is not there is named', async () => {
    const request = {
      kind: 'products' as const,
      files: ['/nowhere/a.csv'],
      mapping: undefined,
      dryRun: false,
      rejectsFile: undefined,
    };
    const clock = settableClock('2026-03-01T12:00:00Z');
    const refusal = await refusalOf(() =>
      importFiles(db, request, { clock, actor: 'cli', currency: 'EUR', visitWindowDays: 30 }),
    );
    expect(refusal.message).toBe('a.csv cannot be read (ENOENT); check its path and who may read it.');
  });

  it('may be CSV and NDJSON, but not both at once', async () => {
    const refusal = await refusalOf(() =>
      run({ 'a.csv': 'external_id\nA', 'b.ndjson': '{"external_id":"B"}' }),
    );
    expect(refusal.message).toMatch(/a.csv is CSV and others are NDJSON/);
  });

  it('may have any line ends, quotes, a byte order mark, empty lines and cells too many', async () => {
    const content =
      '\ufeffexternal_id;name;\r\nW1;"Said ""hi"";\r\nand left";\r\n\r\n;;\nW2; Grün ;\nW3;a;b;c\n';
    const summary = await run({ 'odd.csv': content });
    expect(summary).toMatchObject({ records: 3, created: 2, rejected: 1 });
    expect(summary.first_rejections).toMatchObject([
      { line: 7, field: null, reason: expect.stringContaining('has 4 cells where the header has 3') },
    ]);
    expect(await names()).toEqual(['Said "hi";\r\nand left', 'Grün']);
  });

  it('may be in the encoding that the mapping names, or that its byte order mark shows', async () => {
    await db.deleteFrom('products').execute();
    const map = 'csv: { encoding: windows-1252 }\nproducts: { source: odd }';
    await run({ 'latin.csv': Buffer.from('external_id,name\nE1,Gr\xfcn', 'latin1') }, map);
    await run({ 'wide.txt': Buffer.from('\ufeffexternal_id\tname\r\nE2\tBläulich\r\n', 'utf16le') });
    expect(await names()).toEqual(['Grün', 'Bläulich']);
  });

  it('in which a character cannot be stored has that row rejected, and the row kept as it is', async () => {
    const { id } = await run({ 'nul.ndjson': '{"external_id":"X1","name":"a\\u0000b\\ud800"}' });
    const [rejection] = await db
      .selectFrom('import_rejections')
      .selectAll()
      .where('import_id', '=', id!)
      .execute();
    expect(rejection).toMatchObject({ field: 'name', row: { external_id: 'X1', name: 'a\0b\ud800' } });
  });
});
