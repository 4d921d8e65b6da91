import type { Database } from '../../database/index.ts';

/** Which rows: those of a half-open span of time; null is open. What time a row has is said where it is read. */
export type ExportSpan = { from: Date | null; to: Date | null };

export type ExportRow = Record<string, unknown>;

/** Values of the sort key, by which the next page is found. */
export type Key = (string | number | Date)[];

/** How one kind of thing is exported. Amounts are numbers, exact in their currency, which stands in `currency`. */
export type Exporter = {
  /** Of CSV, in order; `customer.email` is a field of a field, an object or a list is JSON. */
  columns: string[];
  /** Columns with amounts of money. */
  amounts: string[];
  /** Columns that only CSV has: without them a row is what the API takes, and NDJSON can be imported again. */
  onlyInCsv?: string[];
  /** At most `size` rows after a key; fewer rows than asked do not mean the end, an absent `last` does. */
  read(
    db: Database,
    span: ExportSpan,
    after: Key | undefined,
    size: number,
  ): Promise<{ rows: ExportRow[]; last: Key | undefined }>;
};
