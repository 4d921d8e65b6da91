import { type FieldFault, TouchstoneError } from '../../../vocabulary/errors.ts';
import type { ImportKind } from '../kinds/import-kinds.ts';
import type { SourceFile } from '../read/source-row.ts';
import type { Section } from './mapping-shape.ts';

/**
 * What stands in for a mapping's fields where a CSV names its columns as the API names its fields; `lines.quantity` is a
 * field of a line, and rows of one order then agree in their external_id.
 */
export function fieldsOfHeader({ columns }: SourceFile): Pick<Section, 'fields' | 'lines'> {
  const named = columns.filter((column) => column !== '');
  const ofLines = named.filter((column) => column.startsWith('lines.'));
  const fields = named.filter((column) => !column.startsWith('lines.')).map((column) => [column, { column }]);
  if (ofLines.length === 0) return { fields: Object.fromEntries(fields) };
  const lines = ofLines.map((column) => [column.slice('lines.'.length), { column }]);
  return { fields: Object.fromEntries(fields), lines: { fields: Object.fromEntries(lines) } };
}

/** A refusal of such a header. */
export function refuseHeader({ name }: SourceFile, kind: ImportKind, faults: FieldFault[]): TouchstoneError {
  const fields: FieldFault[] = faults.map(({ path, message }) => ({
    path: `${name} ${path.replace(/^\w+\.(?:(lines)\.)?fields/, '$1').replace(/^\./, '')}`.trimEnd(),
    message,
  }));
  return new TouchstoneError(
    'invalid',
    `The columns of ${name} are not the fields of ${kind}; nothing was imported. Rename them, or say with --map which column is which field.`,
    fields,
  );
}
