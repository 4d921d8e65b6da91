import { type RawBuilder, sql } from 'kysely';
import type { ExportSpan, Key } from './exporter.ts';

/** `true`, or the rows after a key, of columns that are sorted by it. */
export function afterKey(columns: string[], types: string[], after: Key | undefined): RawBuilder<boolean> {
  if (after === undefined) return sql<boolean>`true`;
  const values = after.map((value, place) => sql`${value}::${sql.raw(types[place]!)}`);
  return sql<boolean>`(${sql.join(columns.map((column) => sql.ref(column)))}) > (${sql.join(values)})`;
}

/** Whether a time lies in the span. */
export function within(time: string, { from, to }: ExportSpan): RawBuilder<boolean> {
  const column = sql.ref(time);
  const after = from === null ? sql`true` : sql`${column} >= ${from}`;
  const before = to === null ? sql`true` : sql`${column} < ${to}`;
  return sql<boolean>`(${after} and ${before})`;
}
