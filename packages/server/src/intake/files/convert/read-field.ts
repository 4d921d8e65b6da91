import type { FieldPlan, ImportPlan } from '../mapping/import-plan.ts';
import type { SourceRow } from '../read/source-row.ts';
import { addUp, type Reading, readNumber, roundTo } from './read-number.ts';
import { readDay, readTimestamp } from './read-timestamp.ts';

/** How the files of an import are written, and whether amounts wait to be added up before they are rounded. */
export type ReadingContext = Pick<ImportPlan, 'timeZone' | 'notation'> & { roundsLater: boolean };

/** A cell with something in it, and where it stands. */
export type Cell = { row: SourceRow; column: string; text: string };

/**
 * The value of one field, or what is wrong with which cell; undefined when no cell gives one.
 *
 * @param rowsOf the rows of a file that belong to the record, or to the line
 */
export function readField(
  { kind, rule, columns, sums }: FieldPlan,
  rowsOf: (role: string) => SourceRow[],
  context: ReadingContext,
): (Reading & { cell?: Cell }) | undefined {
  if (sums.length > 0) {
    const cells = sums.flatMap(({ role, column }) =>
      rowsOf(role).flatMap((row) => cellOf(row, column) ?? []),
    );
    return readAmount(cells, rule, context);
  }
  if (columns.length === 0) return { value: rule.value! };
  const cell = firstCell(columns, rowsOf);
  if (cell === undefined) return rule.default === undefined ? undefined : { value: rule.default };
  if (kind === 'number' && rule.values === undefined) return readAmount([cell], rule, context);
  return { ...readText(cell.text, kind, rule, context), cell };
}

function firstCell(columns: FieldPlan['columns'], rowsOf: (role: string) => SourceRow[]): Cell | undefined {
  for (const { role, column } of columns) {
    const [row] = rowsOf(role);
    const cell = row && cellOf(row, column);
    if (cell !== undefined) return cell;
  }
  return undefined;
}

function cellOf(row: SourceRow, column: string): Cell | undefined {
  const text = String(row.row[column] ?? '').trim();
  return text === '' ? undefined : { row, column, text };
}

function readText(
  text: string,
  kind: FieldPlan['kind'],
  rule: FieldPlan['rule'],
  { timeZone }: ReadingContext,
): Reading {
  if (rule.values !== undefined) return readValue(text, rule.values, rule.otherwise);
  switch (kind) {
    case 'timestamp':
      return readTimestamp(text, rule.format, rule.time_zone ?? timeZone);
    case 'day':
      return readDay(text, rule.format);
    case 'boolean':
      return readBoolean(text);
    default:
      return { value: text };
  }
}

type Constant = string | number | boolean;

function readValue(text: string, values: Record<string, Constant>, otherwise: Constant | undefined): Reading {
  const value = Object.hasOwn(values, text) ? values[text] : otherwise;
  if (value !== undefined) return { value };
  return {
    fault: `is "${text}", which the mapping's values do not name; add it there, or name an otherwise`,
  };
}

function readBoolean(text: string): Reading {
  if (/^(true|yes|y|1)$/i.test(text)) return { value: true };
  if (/^(false|no|n|0)$/i.test(text)) return { value: false };
  return { fault: `"${text}" is neither true nor false; say what it means in the mapping's values` };
}

function readAmount(
  cells: Cell[],
  { divide_by, round }: FieldPlan['rule'],
  context: ReadingContext,
): Reading & { cell?: Cell } {
  const numbers: string[] = [];
  for (const cell of cells) {
    const read = readNumber(cell.text, context.notation);
    if ('fault' in read) return { ...read, cell };
    if (addUp([read.value as string]) === undefined) return { fault: 'has more than 12 decimals', cell };
    numbers.push(read.value as string);
  }
  const [only] = numbers;
  const sum = numbers.length === 1 && divide_by === undefined ? only! : addUp(numbers, divide_by)!;
  return { value: round === undefined || context.roundsLater ? sum : roundTo(sum, round) };
}
