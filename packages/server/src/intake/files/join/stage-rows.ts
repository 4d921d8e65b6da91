import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { TouchstoneError } from '../../../vocabulary/errors.ts';
import type { ImportPlan } from '../mapping/import-plan.ts';
import { inBatches } from '../read/in-batches.ts';
import { readRows } from '../read/read-rows.ts';
import type { SourceFile, SourceRow } from '../read/source-row.ts';

// A file's name in the mapping is one word, so that it can stand in a table's.
function tableOf(role: string) {
  return sql.id('pg_temp', `staged_${role}`);
}

/**
 * Puts the rows of joined files into a temporary table of this connection, to be looked up by their key: the database
 * joins files of any size and order in flat memory. About 60,000 rows a second.
 *
 * @throws invalid, naming the lines, when rows cannot be read: each might be a part of any record
 */
export async function stageRows(
  db: Database,
  { role, files, keys }: { role: string; files: SourceFile[]; keys: string[] },
  report: (rows: number) => void,
): Promise<void> {
  await sql`create temporary table ${tableOf(role)} (key text, place bigint, file text, line int, cells text)`.execute(
    db,
  );
  const faulty: SourceRow[] = [];
  let place = 0;
  for await (const rows of inBatches(readRows(files), batchSize)) {
    faulty.push(...rows.filter(({ fault }) => fault !== undefined).slice(0, mostNamed));
    const sent = rows.map(({ row, file, line }) => {
      place += 1;
      return { key: keyOf(row, keys), place, file, line, cells: JSON.stringify(row) };
    });
    await sql`
      insert into ${tableOf(role)} (key, place, file, line, cells)
      select key, place, file, line, cells
        from json_to_recordset(${JSON.stringify(sent)}::json)
             as sent (key text, place bigint, file text, line int, cells text)`.execute(db);
    report(rows.length);
  }
  if (faulty.length > 0) throw unreadable(faulty);
  await sql`create index on ${tableOf(role)} (key)`.execute(db);
  await sql`analyze ${tableOf(role)}`.execute(db);
}

const batchSize = 5_000;
const mostNamed = 20;

/** By what rows are joined; no cell is taken for another, and whatever it holds can be stored. */
export function keyOf(row: Record<string, unknown>, columns: string[]): string {
  return JSON.stringify(columns.map((column) => String(row[column] ?? '').trim()));
}

/** The staged rows with these keys, in the order of their files. */
export async function findStaged(
  db: Database,
  role: string,
  keys: string[],
): Promise<(SourceRow & { key: string })[]> {
  const { rows } = await sql<{ key: string; file: string; line: number; cells: string }>`
    select key, file, line, cells from ${tableOf(role)} where key = any(${keys}::text[]) order by place`.execute(
    db,
  );
  return rows.map(({ cells, ...row }) => ({ ...row, row: JSON.parse(cells) as Record<string, unknown> }));
}

/** The keys of staged rows, each once, in the order in which they first stand in the files; after the first `skip`. */
export async function* stagedKeys(
  db: Database,
  role: string,
  skip: number,
  size: number,
): AsyncGenerator<string[]> {
  await sql`
    create temporary table ${keyTableOf(role)} as
    select key, row_number() over (order by min(place)) as number from ${tableOf(role)} group by key`.execute(
    db,
  );
  await sql`create index on ${keyTableOf(role)} (number)`.execute(db);
  for (let after = skip; ; after += size) {
    const { rows } = await sql<{ key: string }>`
      select key from ${keyTableOf(role)}
       where number > ${after} and number <= ${after + size} order by number`.execute(db);
    if (rows.length === 0) return;
    yield rows.map(({ key }) => key);
  }
}

function keyTableOf(role: string) {
  return sql.id('pg_temp', `staged_keys_of_${role}`);
}

/** Forgets the staged rows of an import. */
export async function dropStaged(db: Database, { main, sides }: ImportPlan): Promise<void> {
  for (const { role } of [main, ...sides]) {
    await sql`drop table if exists ${tableOf(role)}, ${keyTableOf(role)}`.execute(db);
  }
}

function unreadable(rows: SourceRow[]): TouchstoneError {
  const named = rows.slice(0, mostNamed);
  return new TouchstoneError(
    'invalid',
    'Rows of a joined file cannot be read. Each might be a part of any record, so nothing was imported; mend them and try again.',
    named.map(({ file, line, fault }) => ({ path: `${file}:${line}`, message: fault ?? '' })),
  );
}
