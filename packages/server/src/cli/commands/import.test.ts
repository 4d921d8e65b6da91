import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../test/fresh-database.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
import { runCli } from '../run-cli.ts';

const { db, url } = await freshDatabase();
const file = await temporaryFiles();

async function run(words: string[], untilStopped: () => Promise<void> = () => new Promise(() => {})) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await runCli(['import', ...words], {
    environment: { DATABASE_URL: url },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    untilStopped,
  });
  return { exitCode, out: out.join('\n'), err: err.join('\n') };
}

describe('touchstone import', () => {
  it('says how it went, with progress on the way, and ends with 0', async () => {
    const path = await file('products.csv', 'external_id,name,cost\nA,Shoe,1.50\nB,Hat,2\n');
    const first = await run(['products', path]);
    expect(first.out).toMatch(/^Of 2 products 2 created, 0 rejected \([\d.]+ s, \d+ a second\)\.$/);
    expect(first.err).toContain('2 of 2 rows');
    expect(first.exitCode).toBe(0);
    expect((await run(['products', path])).out).toMatch(/^Of 2 products 2 unchanged, 0 rejected/);
  });

  it('ends with 1 when rows were rejected, and writes them where it is told', async () => {
    const path = await file('some.csv', 'external_id,name,cost\nC,Coat,9\nD,"Bag, red",a lot\n');
    const rejects = await file('rejected.csv', '');
    const mixed = await run(['products', path, '--rejects', rejects]);
    expect(mixed.exitCode).toBe(1);
    expect(mixed.out.split('\n').slice(1)).toEqual([
      '✗ some.csv:3 cost "a lot" is no number written with a decimal "."; set numbers in the mapping, or mend the row',
      `All that was rejected is in ${rejects}.`,
    ]);
    expect(await readFile(rejects, 'utf8')).toBe(
      [
        'file,line,field,column,reason,row',
        'some.csv,3,cost,cost,"""a lot"" is no number written with a decimal "".""; set numbers in the mapping, or mend the row","{""external_id"":""D"",""name"":""Bag, red"",""cost"":""a lot""}"',
        '',
      ].join('\r\n'),
    );
    const asLines = await file('rejected.ndjson', '');
    await run(['products', path, '--rejects', asLines]);
    expect(JSON.parse(await readFile(asLines, 'utf8'))).toMatchObject({ line: 3, row: { name: 'Bag, red' } });
  });

  it('ends with 2 and records nothing when the mapping or a file cannot be used', async () => {
    const path = await file('more.csv', 'id\nE\n');
    const map = await file('map.yaml', 'products:\n  fields:\n    external_id: id\n    nmae: id\n');
    const wrong = await run(['products', path, '--map', map]);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.err).toBe(
      [
        'The mapping map.yaml has a fault; nothing was imported.',
        '  map.yaml:4 products.fields.nmae: is no field of products; did you mean name?',
      ].join('\n'),
    );
    expect((await run(['things', path])).exitCode).toBe(2);
    expect((await run(['products', '/nowhere.csv'])).exitCode).toBe(2);
    expect(await db.selectFrom('products').select('id').where('external_id', '=', 'E').execute()).toEqual([]);
  });

  it('with --dry-run records nothing, and with --json answers for machines', async () => {
    const path = await file('dry.csv', 'external_id\nF\n');
    const dry = await run(['products', path, '--dry-run', '--json']);
    expect(JSON.parse(dry.out)).toMatchObject({ dry_run: true, id: null, created: 1, files: ['dry.csv'] });
    expect(dry.err).toBe('');
    expect(await db.selectFrom('products').select('id').where('external_id', '=', 'F').execute()).toEqual([]);
  });

  it('stops when it is told to, and goes on from there', async () => {
    const path = await file(
      'long.csv',
      `external_id\n${Array.from({ length: 1200 }, (_, n) => `L${n}`).join('\n')}\n`,
    );
    const stopped = await run(['products', path], async () => {});
    expect(stopped.exitCode).toBe(130);
    expect(stopped.out).toContain('Stopped. The same command goes on from here.');
    const { position } = await db
      .selectFrom('imports')
      .select('position')
      .where('status', '=', 'stopped')
      .executeTakeFirstOrThrow();

    const rest = await run(['products', path, '--json']);
    expect(JSON.parse(rest.out)).toMatchObject({ resumed_at: position, records: 1200, created: 1200 });
  });
});
