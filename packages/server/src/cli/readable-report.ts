import { groupBy } from '../vocabulary/group-by.ts';
import { tableText } from './table-text.ts';

type Fields = Record<string, unknown>;
type Cell = string | number | null;

/**
 * A report's answer as tables: its rows; or, of an answer that is no list, its figures one below the other, and under a
 * heading of their own the lists and groups of figures in it. Ids are for machines and left out.
 */
export function readableReport(data: unknown): string {
  return Array.isArray(data) ? rowsText(data) : sectionsOf(data as Fields).join('\n\n');
}

function sectionsOf(data: Fields, heading = ''): string[] {
  const entries = Object.entries(data).filter(([name, value]) => isForPeople(name) && value !== undefined);
  const figures = entries.flatMap(([figure, value]) =>
    isCell(value) ? [{ figure, value: shown(value) }] : [],
  );
  const groups = entries.flatMap(([name, value]) => (isFields(value) ? [{ name, value }] : []));
  const lists = entries.flatMap(([name, value]) => (Array.isArray(value) ? [{ name, value }] : []));
  return [
    ...(figures.length > 0 ? [titled(heading, tableText(figures))] : []),
    ...alike(groups).flatMap((group) => groupText(group, heading)),
    ...lists.map(({ name, value }) => titled(under(heading, name), rowsText(value))),
  ];
}

type Group = { name: string; value: Fields };

/** Groups of the same figures, to be shown as the rows of one table. */
function alike(groups: Group[]): Group[][] {
  return [...groupBy(groups, ({ value }) => Object.keys(value).join()).values()];
}

function groupText(groups: Group[], heading: string): string[] {
  if (groups.length > 1 && groups.every(({ value }) => Object.values(value).every(isCell))) {
    const rows = groups.map(({ name, value }) => ({ of: words(name), ...value }) as Record<string, Cell>);
    return [titled(heading, tableText(rows))];
  }
  return groups.flatMap(({ name, value }) => sectionsOf(value, under(heading, name)));
}

function rowsText(rows: Fields[]): string {
  if (rows.length === 0) return 'Nothing in this range.';
  return tableText(rows.map((row) => readableRow(row, rows)));
}

// Columns that say nothing stay in --json and --csv, as ids do.
function readableRow(row: Fields, all: Fields[]): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) => {
      const says = all.some((each) => each[column] !== null && typeof each[column] !== 'object');
      return isForPeople(column) && says ? [[column, shown(value as Cell)]] : [];
    }),
  );
}

function isForPeople(name: string): boolean {
  return !name.endsWith('_id') && name !== 'id';
}

function isCell(value: unknown): value is Cell | boolean {
  return value === null || typeof value !== 'object';
}

function isFields(value: unknown): value is Fields {
  return !isCell(value) && !Array.isArray(value);
}

function shown(value: Cell | boolean): Cell {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
}

function under(heading: string, name: string): string {
  return heading === '' ? words(name) : `${heading}, ${words(name)}`;
}

function words(name: string): string {
  return name.replaceAll('_', ' ');
}

function titled(heading: string, text: string): string {
  return heading === '' ? text : `${heading[0]!.toUpperCase()}${heading.slice(1)}\n${text}`;
}
