import { createWriteStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { ShownRejection } from '../keep/read-rejections.ts';

/**
 * Writes what was refused to a file, a row per fault: where, which field, why, and the row as it stands. As NDJSON when
 * the name ends so, else as CSV.
 */
export async function writeRejections(
  path: string,
  rejections: AsyncIterable<ShownRejection>,
): Promise<void> {
  const isNdjson = ['.ndjson', '.jsonl'].includes(extname(path).toLowerCase());
  const rows = Readable.from(rejections);
  const file = createWriteStream(path);
  if (isNdjson) await pipeline(rows, asLines, file);
  else
    await pipeline(
      rows,
      stringify({ header: true, columns, record_delimiter: '\r\n', quoted_match: /[\r\n]/ }),
      file,
    );
}

const columns = ['file', 'line', 'field', 'column', 'reason', 'row'];

async function* asLines(rejections: AsyncIterable<ShownRejection>): AsyncGenerator<string> {
  for await (const { file, line, field, column, reason, row } of rejections) {
    yield `${JSON.stringify({ file, line, field, column, reason, row })}\n`;
  }
}
