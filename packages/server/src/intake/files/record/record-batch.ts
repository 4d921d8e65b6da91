import type { Database } from '../../../database/index.ts';
import type { ItemOutcome } from '../../../vocabulary/batch.ts';
import { strictReader } from '../../../vocabulary/read-strictly.ts';
import type { PlacedFault, SourceRecord } from '../convert/source-record.ts';
import { noCounts, type Progress, type Rejection } from '../keep/keep-progress.ts';
import { type ImportKind, importables, type RecordContext } from '../kinds/import-kinds.ts';

/** Makes the verb that records some records of a kind, and tells what became of them. */
export function batchRecorder(kind: ImportKind, context: RecordContext) {
  const { schema, record } = importables[kind];
  const read = strictReader(schema);

  return async (db: Database, records: SourceRecord[]): Promise<Progress> => {
    const readings = records.map(({ input, faults }) => readRecord(input, faults));
    const inputs = readings.flatMap((reading) => ('data' in reading ? [reading.data] : []));
    const recorded = (await record(db, inputs as never[], context)).values();
    const results = readings.map((reading) =>
      'faults' in reading ? reading.faults : resultOf(recorded.next().value!),
    );
    return progressOf(records, results);
  };

  // What the cells could not say is not said to be missing as well.
  function readRecord(input: unknown, faults: PlacedFault[]): { data: unknown } | { faults: PlacedFault[] } {
    const reading = read(input);
    if (reading.faults === undefined && faults.length === 0) return { data: reading.data };
    const named = faults.map(({ path }) => path);
    if (named.includes('')) return { faults };
    const others = (reading.faults ?? []).filter(({ path }) => !named.some((each) => each.startsWith(path)));
    return { faults: [...faults, ...others] };
  }
}

/** The progress of a record that nothing can be recorded of. */
export function refusedRecord(record: SourceRecord, reason: string): Progress {
  return progressOf([record], [[{ path: '', message: reason }]]);
}

/** What became of a record: its faults, where it was rejected. */
type Result = PlacedFault[] | Exclude<ItemOutcome['outcome'], 'rejected'>;

function resultOf(outcome: ItemOutcome): Result {
  return outcome.outcome === 'rejected' ? outcome.error.fields : outcome.outcome;
}

function progressOf(records: SourceRecord[], results: Result[]): Progress {
  const counts = { ...noCounts };
  const rejections: Progress['rejections'] = [];
  for (const [place, result] of results.entries()) {
    if (typeof result === 'string') {
      counts[result] += 1;
      continue;
    }
    counts.rejected += 1;
    const faults = result.map((fault) => rejectionOf(records[place]!, fault));
    rejections.push({ place, faults });
  }
  return { records: records.length, counts, rejections };
}

function rejectionOf(record: SourceRecord, { path, message, origin }: PlacedFault): Rejection {
  const { row, column } = origin ?? record.originOf(path);
  return {
    file: row.file,
    line: row.line,
    field: path === '' ? null : path,
    column_name: column,
    reason: message,
    row: row.row,
  };
}
