import { decodeFile } from './decode-file.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import type { SourceFile, SourceRow } from './source-row.ts';

/** The rows of files, one after the other, in the order in which they stand; memory stays flat. */
export async function* readRows(files: SourceFile[]): AsyncGenerator<SourceRow> {
  for (const file of files) {
    const text = decodeFile(file);
    if (file.format === 'ndjson') yield* readNdjson(file.name, text);
    else for await (const { row } of readCsv(file, text)) if (row !== undefined) yield row;
  }
}
