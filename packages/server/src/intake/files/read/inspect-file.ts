import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { TouchstoneError } from '../../../vocabulary/errors.ts';
import { decodeFile } from './decode-file.ts';
import { readCsv } from './read-csv.ts';
import { linesOf } from './read-ndjson.ts';
import type { SourceFile } from './source-row.ts';

/** How a CSV is written, where it does not show by itself. */
export type CsvNotation = { delimiter?: string; encoding?: string };

/**
 * Reads a file through once: what it is, how long, and whether its quotes and its encoding hold up to the end, so that a
 * broken file is refused as a whole before its first row is recorded. About 30 MB a second.
 *
 * @throws invalid, naming the file and the line
 */
export async function inspectFile(path: string, notation: CsvNotation = {}): Promise<SourceFile> {
  const name = basename(path);
  const format = formatOf(name);
  const head = await readHead(path, name);
  const encoding = byteOrderMark(head) ?? notation.encoding ?? 'utf-8';
  const file: SourceFile = {
    path,
    name,
    format,
    bytes: (await stat(path)).size,
    sha256: '',
    rows: 0,
    encoding,
    delimiter: notation.delimiter ?? delimiterOf(new TextDecoder(encoding).decode(head)),
    columns: [],
  };
  const hash = createHash('sha256');
  const text = decodeFile(file, (chunk) => hash.update(chunk));
  if (format === 'csv') {
    for await (const { columns, row } of readCsv(file, text)) {
      file.columns = columns;
      if (row !== undefined) file.rows += 1;
    }
    if (file.columns.length === 0) throw broken(`${name} is empty; a CSV begins with its column names.`);
    refuseDoubles(file);
  } else {
    for await (const line of linesOf(name, text)) if (line.trim() !== '') file.rows += 1;
  }
  return { ...file, sha256: hash.digest('hex') };
}

const formats: Record<string, SourceFile['format']> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

function formatOf(name: string): SourceFile['format'] {
  const format = formats[extname(name).toLowerCase()];
  if (format !== undefined) return format;
  throw broken(`${name} is of no known kind; a file ends in ${Object.keys(formats).join(', ')}.`);
}

async function readHead(path: string, name: string): Promise<Buffer> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw broken(`${name} cannot be read (${error.code}); check its path and who may read it.`);
  });
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(64 * 1024) });
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw broken(`${name} cannot be read (${(error as NodeJS.ErrnoException).code}); give a file.`);
  } finally {
    await handle.close();
  }
}

function byteOrderMark(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
}

// The header holds names, which rarely contain any of these.
function delimiterOf(head: string): string {
  const [header = ''] = head.split(/\r?\n/, 1);
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: header.split(sign).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

function refuseDoubles({ name, columns }: SourceFile): void {
  const double = columns.find((column, place) => column !== '' && columns.indexOf(column) !== place);
  if (double === undefined) return;
  throw broken(`${name} has two columns named "${double}"; nobody can say which is meant. Rename one.`);
}

function broken(message: string): TouchstoneError {
  return new TouchstoneError('invalid', message);
}
