import { type RawBuilder, sql } from 'kysely';

/** Columns and their PostgreSQL types, in the order in which they are written. */
export type Columns = Record<
  string,
  'uuid' | 'text' | 'timestamptz' | 'boolean' | 'bigint' | 'int' | 'jsonb' | 'bytea'
>;

/**
 * Rows as one parameter, to be read like a table: a statement for a thousand rows is the same as for one, and has no
 * limit of 65,535 parameters.
 *
 * @returns `names` for an insert, and `rows` to select from, named `sent`
 */
export function recordSet<C extends Columns>(
  columns: C,
  rows: Record<keyof C, unknown>[],
): { names: RawBuilder<unknown>; rows: RawBuilder<unknown> } {
  const names = Object.keys(columns);
  const definitions = names.map((name) => `${name} ${columns[name]}`).join(', ');
  const json = JSON.stringify(
    rows.map((row) => Object.fromEntries(names.map((name) => [name, jsonOf(row[name])]))),
  );
  return {
    names: sql.raw(names.join(', ')),
    rows: sql`json_to_recordset(${json}::json) as sent (${sql.raw(definitions)})`,
  };
}

// Integers beyond 2^53 survive only as text; bytes travel in PostgreSQL's hex notation.
function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}
