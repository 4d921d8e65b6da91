import type { FieldKind } from '../convert/field-kinds.ts';
import type { Notation } from '../convert/read-number.ts';
import type { ImportKind } from '../kinds/import-kinds.ts';
import type { SourceFile, SourceRow } from '../read/source-row.ts';
import type { Rule } from './mapping-shape.ts';

/** What is to be done with the files of one import, with every name of the mapping looked up. */
export type ImportPlan = {
  kind: ImportKind;
  /** The files of which each row is a record, and their name in the mapping. */
  main: { role: string; files: SourceFile[] };
  /** With it, rows that agree in these columns are one record. */
  groupBy: string[] | undefined;
  sides: SidePlan[];
  /** Undefined: rows are what the API takes. */
  fields: FieldPlan[] | undefined;
  lines: LinesPlan | undefined;
  /** Of records that do not say their own. */
  defaults: { source?: string; currency?: string };
  timeZone: string | undefined;
  notation: Notation;
  createMissingProducts: boolean;
};

/** Joined files: rows whose column `to` equals the main row's column `from`. */
export type SidePlan = { role: string; files: SourceFile[]; from: string; to: string };

/** `role` names the files of which each row is a line. */
export type LinesPlan = { role: string; fields: FieldPlan[] };

/** A field of the API, below its line for a line's, and where its value comes from. */
export type FieldPlan = {
  path: string;
  kind: FieldKind;
  rule: Rule;
  columns: ColumnRef[];
  sums: ColumnRef[];
};

export type ColumnRef = { role: string; column: string };

/** A record's rows: the first of its main rows, and all rows by file. */
export type RowSet = { main: SourceRow; of: Map<string, SourceRow[]> };
