import { type ZodType, z } from 'zod';
import type { FieldFault } from '../../../vocabulary/errors.ts';
import type { ImportKind } from '../kinds/import-kinds.ts';
import type { Section } from './mapping-shape.ts';

/** Fields that the API requires and a mapping does not give: better said once than for every row. */
export function missingFields(
  kind: ImportKind,
  schema: ZodType,
  section: Section,
  defaults: string[],
): FieldFault[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  const given = new Set([...Object.keys(section.fields ?? {}), ...defaults]);
  const missing = (shape.required ?? []).filter((field) => !given.has(field));
  const ofLines = section.lines === undefined ? [] : (shape.properties?.lines?.items?.required ?? []);
  const missingOfLines = ofLines.filter((field) => section.lines?.fields[field] === undefined);
  const faults = (fields: string[], path: string, what: string) =>
    fields.map((field) => ({ path, message: `gives no ${field}, which ${what} needs; add it` }));
  return [
    ...faults(missing, `${kind}.fields`, `each of the ${kind}`),
    ...faults(missingOfLines, `${kind}.lines.fields`, 'each line'),
  ];
}

type Shape = { required?: string[]; properties?: Record<string, Shape>; items?: Shape };
