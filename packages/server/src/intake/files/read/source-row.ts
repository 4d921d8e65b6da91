/** A row as it stands in a file: cells by column name, or what a line of NDJSON holds. */
export type SourceRow = {
  /** Name of the file, without its folder. */
  file: string;
  /** Where the row begins, counted from 1 as an editor does. */
  line: number;
  row: Record<string, unknown>;
  /** Why the row cannot be read; its cells are then as far as they could be. */
  fault?: string;
};

/** What a file turned out to be when it was read through once, before anything is recorded. */
export type SourceFile = {
  path: string;
  name: string;
  format: 'csv' | 'ndjson';
  bytes: number;
  /** Hex. */
  sha256: string;
  /** How many rows it has, without the header. */
  rows: number;
  /** As TextDecoder names it. */
  encoding: string;
  delimiter: string;
  /** Of a CSV, in order; empty for NDJSON. */
  columns: string[];
};
