import type { Api } from './api.ts';
import { must } from './shop.ts';

type Row = Record<string, unknown>;

/**
 * Asks a report and shows its rows as lines of the fields named, `–` for null:
 * `ask('/reports/leaderboard?from=2026-01-01', 'name revenue orders')` → `rows: ['A 33.34 1']`, `totals: '100 1'`.
 */
export function reporter(api: Api) {
  return async (path: string, fields: string) => {
    const { data, meta } = must(await api.get(path), 200);
    const columns = fields.split(' ');
    const line = (row: Row, names: string[]) =>
      names.map((name) => String(valueIn(row, name) ?? '–')).join(' ');
    return {
      rows: (Array.isArray(data) ? data : [data]).map((row: Row) => line(row, columns)) as string[],
      totals: meta.totals && line(meta.totals, columns.slice(1)),
      data,
      meta,
    };
  };
}

/** `change.revenue` is the revenue in what the row nests as change. */
function valueIn(row: Row, name: string): unknown {
  return name.split('.').reduce<unknown>((value, key) => (value as Row | null)?.[key], row);
}
