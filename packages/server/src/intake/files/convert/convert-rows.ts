import type { FieldPlan, ImportPlan, RowSet } from '../mapping/import-plan.ts';
import type { SourceRow } from '../read/source-row.ts';
import { type ReadingContext, readField } from './read-field.ts';
import { firstOfEachCell, originOf, type PlacedFault, type SourceRecord } from './source-record.ts';

/** Makes a record of its rows, as the plan says; what cannot be read is named, and left out. */
export function convertRows(rows: RowSet, plan: ImportPlan): SourceRecord {
  const { main } = rows;
  const asItIs = { input: { ...plan.defaults, ...main.row }, originOf: () => ({ row: main, column: null }) };
  if (main.fault !== undefined) return { ...asItIs, faults: [{ path: '', message: main.fault }] };
  if (plan.fields === undefined) return { ...asItIs, faults: [] };

  const context = { timeZone: plan.timeZone, notation: plan.notation, roundsLater: plan.kind === 'spend' };
  const rowsOf = (role: string) => rows.of.get(role) ?? (role === plan.main.role ? [main] : []);
  const whole = readFields(plan.fields, rowsOf, context, '');
  const lineRows = plan.lines === undefined ? [] : rowsOf(plan.lines.role);
  const lines = lineRows.map((line, place) => {
    const { role, fields } = plan.lines!;
    const rowsOfLine = (of: string) => (of === role ? [line] : rowsOf(of));
    return readFields(fields, rowsOfLine, context, `lines.${place}.`);
  });
  const faults = [...whole.faults, ...lines.flatMap((line) => line.faults), ...whole.faultsOfSums];
  return {
    input: {
      ...plan.defaults,
      ...whole.input,
      ...(plan.lines === undefined ? {} : { lines: lines.map(({ input }) => input) }),
    },
    faults: firstOfEachCell(faults),
    originOf: (path) => originOf(path, rows, lineRows, plan),
  };
}

function readFields(
  fields: FieldPlan[],
  rowsOf: (role: string) => SourceRow[],
  context: ReadingContext,
  at: string,
): { input: Record<string, unknown>; faults: PlacedFault[]; faultsOfSums: PlacedFault[] } {
  const input: Record<string, unknown> = {};
  const faults: PlacedFault[] = [];
  const faultsOfSums: PlacedFault[] = [];
  for (const field of fields) {
    const reading = readField(field, rowsOf, context);
    if (reading === undefined) continue;
    if ('value' in reading) put(input, field.path, reading.value);
    else {
      const fault = { path: `${at}${field.path}`, message: reading.fault };
      const placed = reading.cell === undefined ? fault : { ...fault, origin: reading.cell };
      (field.sums.length > 0 ? faultsOfSums : faults).push(placed);
    }
  }
  return { input, faults, faultsOfSums };
}

function put(input: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let inside = input;
  for (const key of keys) {
    inside[key] ??= {};
    inside = inside[key] as Record<string, unknown>;
  }
  inside[last] = value;
}
