import type { ZodType } from 'zod';
import { type FieldFault, TouchstoneError } from '../../../vocabulary/errors.ts';
import type { ImportKind } from '../kinds/import-kinds.ts';
import type { SourceFile } from '../read/source-row.ts';
import { assignFiles } from './assign-files.ts';
import { fieldsOfHeader, refuseHeader } from './fields-of-header.ts';
import type { ImportPlan, SidePlan } from './import-plan.ts';
import type { Mapping, Section } from './mapping-shape.ts';
import { missingFields } from './missing-fields.ts';
import { findColumn } from './plan-fields.ts';
import { planRows } from './plan-rows.ts';
import type { ReadMapping } from './read-mapping.ts';

/** What an import is planned from; without a mapping, columns are the API's fields. */
export type PlanSources = {
  kind: ImportKind;
  schema: ZodType;
  files: SourceFile[];
  read: ReadMapping | undefined;
};

/**
 * Looks everything up that a mapping names: files, columns, fields.
 *
 * @throws invalid with every fault
 */
export function planImport({ kind, schema, files, read }: PlanSources): ImportPlan {
  const mapping: Mapping = read?.mapping ?? {};
  const section = mapping[kind] ?? {};
  if (read !== undefined && mapping[kind] === undefined) {
    throw read.refuse([{ path: '', message: `has nothing about ${kind}; add "${kind}:"` }]);
  }
  const faults: FieldFault[] = [];
  const { main, sides } = planFiles(kind, section, mapping, files, faults);
  // Columns can be looked up only when it is known of which files.
  if (read !== undefined && faults.length > 0) throw read.refuse(faults);

  const head = headOf(kind, mapping, section);
  const ndjson = main.files.some(({ format }) => format === 'ndjson');
  if (ndjson) refuseMixture(main.files, section);
  if (ndjson)
    return { kind, main, sides: [], ...head, fields: undefined, lines: undefined, groupBy: undefined };

  const columns = new Map([main, ...sides].map((each) => [each.role, commonColumns(each.files)]));
  checkJoins(kind, main.role, sides, columns, faults);
  const whole = section.fields === undefined ? { ...section, ...fieldsOfHeader(main.files[0]!) } : section;
  const rows = planRows(whole, { kind, schema, columns, faults });
  faults.push(...missingFields(kind, schema, whole, Object.keys(head.defaults)));
  if (faults.length === 0) return { kind, main, sides, ...head, ...rows };
  throw section.fields === undefined || read === undefined
    ? refuseHeader(main.files[0]!, kind, faults)
    : read.refuse(faults);
}

type Planned = Pick<ImportPlan, 'main' | 'sides'>;

function planFiles(
  kind: ImportKind,
  section: Section,
  { files: patterns }: Mapping,
  files: SourceFile[],
  faults: FieldFault[],
): Planned {
  const assigned = assignFiles(files, patterns);
  const take = (role: string, path: string) => {
    const taken = assigned.get(role) ?? [];
    if (!assigned.has(role)) {
      const known = [...assigned.keys()].join(', ');
      faults.push({ path, message: `names ${role}, which is not among the mapping's files (${known})` });
    } else if (taken.length === 0) {
      const message = `needs a file named ${patterns?.[role]}, and none was given; add it to the command`;
      faults.push({ path, message });
    }
    return { role, files: taken };
  };
  const [only, ...more] = assigned.keys();
  const role = section.rows ?? only!;
  if (section.rows === undefined && more.length > 0) {
    const known = [...assigned.keys()].join(', ');
    faults.push({
      path: kind,
      message: `must say "rows:", the file whose rows are ${kind}: one of ${known}`,
    });
  }
  const sides = Object.entries(section.join ?? {}).map(([side, keys]) => ({
    ...take(side, `${kind}.join.${side}`),
    ...('on' in keys ? { from: keys.on, to: keys.on } : keys),
  }));
  return { main: take(role, `${kind}.rows`), sides };
}

function headOf(kind: ImportKind, mapping: Mapping, section: Section) {
  const { source, currency, time_zone, numbers } = { ...mapping, ...section };
  // A send is of its mailing: it has neither a shop nor an amount.
  const hasSource = kind !== 'sends' && source !== undefined;
  const hasCurrency = kind !== 'customers' && kind !== 'sends' && currency !== undefined;
  return {
    defaults: { ...(hasSource ? { source } : {}), ...(hasCurrency ? { currency } : {}) },
    timeZone: time_zone,
    notation: numbers ?? { decimal: '.' as const },
    createMissingProducts: section.create_missing_products ?? false,
  };
}

function refuseMixture(files: SourceFile[], { fields, join, lines }: Section): void {
  const csv = files.find(({ format }) => format === 'csv');
  if (csv !== undefined) {
    throw new TouchstoneError(
      'invalid',
      `${csv.name} is CSV and others are NDJSON; import them one after the other.`,
    );
  }
  if (fields === undefined && join === undefined && lines === undefined) return;
  throw new TouchstoneError(
    'invalid',
    `Rows of NDJSON (${files[0]?.name}) are taken as the API takes them; leave fields, join and lines out of the mapping, or give a CSV.`,
  );
}

function checkJoins(
  kind: ImportKind,
  main: string,
  sides: SidePlan[],
  columns: Map<string, string[]>,
  faults: FieldFault[],
): void {
  for (const { role, from, to } of sides) {
    const path = `${kind}.join.${role}`;
    if (role === main) faults.push({ path, message: 'is the file of the rows itself; leave it out' });
    findColumn(from, new Map([[main, columns.get(main)!]]), path, faults);
    findColumn(to, new Map([[role, columns.get(role)!]]), path, faults);
  }
}

function commonColumns(files: SourceFile[]): string[] {
  const [first = [], ...others] = files.map(({ columns }) => columns);
  return first.filter((column) => others.every((columns) => columns.includes(column)));
}
