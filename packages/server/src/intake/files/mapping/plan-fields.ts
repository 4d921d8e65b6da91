import type { FieldFault } from '../../../vocabulary/errors.ts';
import { nearest } from '../../../vocabulary/nearest.ts';
import { type FieldKind, kindOf } from '../convert/field-kinds.ts';
import { faultOfFormat } from '../convert/time-format.ts';
import type { ColumnRef, FieldPlan } from './import-plan.ts';
import type { Rule } from './mapping-shape.ts';

/** What fields may be mapped, and from which columns. */
export type FieldScope = {
  /** `orders`, to name the kind in messages. */
  kind: string;
  kinds: Map<string, FieldKind>;
  /** Columns by file; the first file is the one a column without a file belongs to. */
  columns: Map<string, string[]>;
};

/** Looks every name of some fields up: the field in the API, its columns in the files. */
export function planFields(
  fields: Record<string, Rule>,
  scope: FieldScope,
  at: string,
  faults: FieldFault[],
): FieldPlan[] {
  return Object.entries(fields).flatMap(([path, rule]) => {
    const here = `${at}.${path}`;
    const kind = kindOf(scope.kinds, path);
    if (kind === undefined) {
      faults.push({
        path: here,
        message: `is no field of ${scope.kind}; ${suggestion(path, [...scope.kinds.keys()])}`,
      });
      return [];
    }
    faults.push(...ruleFaults(rule, kind, here));
    const refs = (named: string | string[] | undefined) =>
      [named ?? []].flat().flatMap((column) => findColumn(column, scope.columns, here, faults) ?? []);
    return [{ path, kind, rule, columns: refs(rule.column), sums: refs(rule.sum) }];
  });
}

/** Finds `column`, or `file.column`. */
export function findColumn(
  named: string,
  columns: Map<string, string[]>,
  path: string,
  faults: FieldFault[],
): ColumnRef | undefined {
  const [first] = columns.keys();
  const dot = named.indexOf('.');
  const prefix = named.slice(0, Math.max(0, dot));
  const ref = columns.has(prefix)
    ? { role: prefix, column: named.slice(dot + 1) }
    : { role: first!, column: named };
  const known = columns.get(ref.role)!;
  if (known.includes(ref.column)) return ref;
  const message = `takes the column "${ref.column}", which ${ref.role} does not have; ${suggestion(ref.column, known)}`;
  faults.push({ path, message });
  return undefined;
}

function suggestion(word: string, known: string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
}

function ruleFaults(rule: Rule, kind: FieldKind, path: string): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (message: string) => faults.push({ path, message });
  const origins = ['column', 'sum', 'value'].filter((key) => rule[key as keyof Rule] !== undefined);
  if (origins.length !== 1) {
    fault(
      origins.length === 0
        ? 'needs a column, a sum or a value'
        : `has ${origins.join(' and ')}; give one of them`,
    );
  }
  const only = (keys: (keyof Rule)[], wanted: boolean, where: string) => {
    const given = keys.find((key) => rule[key] !== undefined);
    if (given !== undefined && !wanted) fault(`cannot have ${given}: that is for ${where}`);
  };
  only(['sum', 'divide_by', 'round'], kind === 'number', 'amounts and quantities');
  only(['format'], kind === 'timestamp' || kind === 'day', 'timestamps and days');
  only(['time_zone'], kind === 'timestamp', 'timestamps');
  only(['values', 'default'], rule.column !== undefined, 'fields with a column');
  only(['otherwise'], rule.values !== undefined, 'fields with values');
  const wrongFormat = rule.format === undefined ? undefined : faultOfFormat(rule.format);
  if (wrongFormat !== undefined) fault(`format ${wrongFormat}`);
  return faults;
}
