import type { FieldFault } from '../../../vocabulary/errors.ts';
import type { ImportPlan, RowSet } from '../mapping/import-plan.ts';
import type { SourceRow } from '../read/source-row.ts';

/** A record as the API would be sent it, what could not be read of it, and where each part of it stands. */
export type SourceRecord = {
  input: Record<string, unknown>;
  faults: PlacedFault[];
  originOf(path: string): Origin;
};

/** Where something stands in a file: the row, and its column where one gives it. */
export type Origin = { row: SourceRow; column: string | null };

/** A fault, with its origin where it is that of one cell. */
export type PlacedFault = FieldFault & { origin?: Origin };

/** The first fault of each cell: one that is summed as well would be named twice. */
export function firstOfEachCell(faults: PlacedFault[]): PlacedFault[] {
  const isSameCell = (a: Origin | undefined, b: Origin | undefined) =>
    a !== undefined && b !== undefined && a.row === b.row && a.column === b.column;
  return faults.filter(
    (fault, place) =>
      faults.findIndex((each) => isSameCell(each.origin, fault.origin)) >= place || !fault.origin,
  );
}

/** A fault of an order stands in its own row, one of a line in the line's, and in the column of the field it names. */
export function originOf(path: string, rows: RowSet, lineRows: SourceRow[], plan: ImportPlan): Origin {
  const [, place, linePath] = /^lines\.(\d+)\.?(.*)$/.exec(path) ?? [];
  const line = place === undefined ? undefined : lineRows[Number(place)];
  const fields = (line === undefined ? plan.fields : plan.lines?.fields) ?? [];
  const named = line === undefined ? path : (linePath ?? '');
  const field = fields.find(
    (each) => each.path === named || each.path.startsWith(`${named}.`) || named.startsWith(`${each.path}.`),
  );
  const ref = field?.columns[0] ?? field?.sums[0];
  const isJoined = ref !== undefined && ref.role !== plan.main.role && ref.role !== plan.lines?.role;
  const row = isJoined ? rows.of.get(ref.role)?.[0] : undefined;
  return { row: row ?? line ?? rows.main, column: ref?.column ?? null };
}
