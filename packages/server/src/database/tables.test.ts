import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';

const { pool } = await freshDatabase();

test('the types of the tables say what the database says: every table, column, type, and whether it may be null', async () => {
  const { rows } = await pool.query<{ table: string; column: string; type: string }>(`
    SELECT relname AS table, attname AS column,
      format_type(atttypid, NULL) || CASE WHEN attnotnull THEN '' ELSE ' | null' END AS type
    FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
      AND relname <> 'schema_migrations'`);
  const catalog = rows.map(({ table, column, type }) => `${table}.${column}: ${inTypeScript(type)}`);
  expect(declaredColumns().sort()).toEqual(catalog.sort());
});

const typeOf: Record<string, string> = {
  bigint: 'bigint',
  boolean: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  integer: 'number',
  'bigint[]': 'bigint[]',
  'integer[]': 'number[]',
  json: 'unknown',
  jsonb: 'unknown',
  numeric: 'string',
  smallint: 'number',
  text: 'string',
  'text[]': 'string[]',
  'timestamp with time zone': 'Date',
  tstzrange: 'string',
  uuid: 'string',
  'uuid[]': 'string[]',
};

function inTypeScript(type: string): string {
  const [name = '', ...orNull] = type.split(' | ');
  const known = typeOf[name] ?? `nothing yet for ${name}`;
  return known === 'unknown' ? known : [known, ...orNull].join(' | ');
}

/** `table.column: type` as selected, of every column in tables/, written one column a line. */
function declaredColumns(): string[] {
  const folder = new URL('./tables/', import.meta.url);
  const source = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const tables = source.join('').matchAll(/^ {2}(\w+): \{\n(.*?)^ {2}\};/gms);
  return [...tables].flatMap(([, table, body]) =>
    [...(body as string).matchAll(/^ {4}(\w+): ([^;]+);/gm)].map(
      ([, column, type]) => `${table}.${column}: ${asSelected(type as string)}`,
    ),
  );
}

function asSelected(type: string): string {
  return type
    .replace(/^Once<(.*)>$/, '$1')
    .replace(/^ColumnType<([^,]+),.*>$/s, '$1')
    .replace(/^Json$/, 'unknown')
    .replace(/^Range$/, 'string')
    .replace(/'\w+'( \| '\w+')*/, 'string');
}
