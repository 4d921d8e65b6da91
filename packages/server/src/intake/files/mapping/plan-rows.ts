import type { ZodType } from 'zod';
import type { FieldFault } from '../../../vocabulary/errors.ts';
import { type FieldKind, fieldKinds } from '../convert/field-kinds.ts';
import type { ImportKind } from '../kinds/import-kinds.ts';
import type { FieldPlan, ImportPlan, LinesPlan } from './import-plan.ts';
import type { Section } from './mapping-shape.ts';
import { planFields } from './plan-fields.ts';

/** What is known when the fields are looked up. */
export type RowsScope = {
  kind: ImportKind;
  schema: ZodType;
  /** Columns by file; the first holds the rows. */
  columns: Map<string, string[]>;
  faults: FieldFault[];
};

/** Looks up how a record is made of its rows. */
export function planRows(
  section: Section,
  scope: RowsScope,
): Pick<ImportPlan, 'fields' | 'lines' | 'groupBy'> {
  const { kind, schema, columns, faults } = scope;
  const kinds = fieldKinds(schema);
  const [main] = columns.keys();
  const fields = planFields(section.fields ?? {}, { kind, kinds, columns }, `${kind}.fields`, faults);
  const lines = section.lines && planLines(section.lines, kinds, scope);
  return { fields, lines, groupBy: lines?.role === main ? keyColumns(fields, main!, scope) : undefined };
}

function planLines(
  { each, fields }: NonNullable<Section['lines']>,
  kinds: Map<string, FieldKind>,
  { kind, columns, faults }: RowsScope,
): LinesPlan | undefined {
  const path = `${kind}.lines`;
  if (kind !== 'orders') faults.push({ path, message: `cannot be of ${kind}: only orders have lines` });
  const [main] = columns.keys();
  const role = each ?? main!;
  const own = columns.get(role);
  if (own === undefined) {
    faults.push({ path: `${path}.each`, message: `names ${role}, which is not joined; add it to join` });
    return undefined;
  }
  const ofLines = [...kinds].flatMap(([field, type]): [string, FieldKind][] =>
    field.startsWith('lines.*.') ? [[field.slice('lines.*.'.length), type]] : [],
  );
  // A column without a file is one of the line's own.
  const scope = { kind: 'lines', kinds: new Map(ofLines), columns: new Map([[role, own], ...columns]) };
  return { role, fields: planFields(fields, scope, `${path}.fields`, faults) };
}

// Rows are lines of one order when its source and its id agree.
function keyColumns(fields: FieldPlan[], main: string, { kind, faults }: RowsScope): string[] {
  const keys = fields.filter(({ path }) => path === 'source' || path === 'external_id');
  const fromRows = keys.filter(({ columns }) => columns.length === 1 && columns[0]!.role === main);
  if (!fromRows.some(({ path }) => path === 'external_id')) {
    const message = `must be one column of ${main}: its rows are lines, and those that agree in it are one order`;
    faults.push({ path: `${kind}.fields.external_id`, message });
  }
  return fromRows.map(({ columns }) => columns[0]!.column);
}
