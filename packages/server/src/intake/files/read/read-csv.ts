import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { TouchstoneError } from '../../../vocabulary/errors.ts';
import type { SourceFile, SourceRow } from './source-row.ts';

/**
 * The rows of a CSV with the columns of its header; first comes the header alone, without a row.
 * Empty lines and rows of empty cells are passed over.
 *
 * @throws invalid where a quote breaks the file: what follows could not be told apart from what is quoted
 */
export async function* readCsv(
  { name, delimiter }: Pick<SourceFile, 'name' | 'delimiter'>,
  text: AsyncIterable<string>,
): AsyncGenerator<{ columns: string[]; row?: SourceRow }> {
  // Empty lines come as records, so that lines can be counted here: asked for them, the parser makes two objects a row.
  const parser = parse({
    delimiter,
    bom: true,
    // Files put together from others have both.
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    max_record_size: longestRow,
  });
  // Whatever ends one end of the pipe is thrown to the reader below.
  pipeline(Readable.from(text), parser, () => {});
  let columns: string[] | undefined;
  let line = 1;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const start = line;
      line += 1 + newlinesIn(record);
      if (record.every((cell) => cell === '')) continue;
      if (columns === undefined) {
        columns = record.map((cell) => cell.trim());
        yield { columns };
      } else {
        yield { columns, row: rowOf(name, start, columns, record) };
      }
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenCsv(name, error) : error;
  }
}

// A quote that is opened and never closed would otherwise gather the rest of the file in memory.
const longestRow = 4 * 1024 * 1024;

function newlinesIn(cells: string[]): number {
  let count = 0;
  for (const cell of cells) if (cell.includes('\n')) count += cell.split('\n').length - 1;
  return count;
}

function rowOf(file: string, line: number, columns: string[], record: string[]): SourceRow {
  const row: Record<string, string> = {};
  for (const [place, column] of columns.entries()) {
    const cell = record[place];
    if (cell !== undefined && column !== '') row[column] = cell;
  }
  if (record.length === columns.length) return { file, line, row };
  const fault = `has ${record.length} cells where the header has ${columns.length}; a delimiter or a quote is missing or one too many`;
  return { file, line, row, fault };
}

function brokenCsv(name: string, error: CsvError): TouchstoneError {
  const line = 'lines' in error ? ` line ${error.lines}` : '';
  const message = faults[error.code] ?? error.message;
  return new TouchstoneError('invalid', `${name}${line}: ${message}`);
}

const faults: Partial<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE:
    'a quoted cell goes on after its closing quote. Double a quote that belongs to the text ("").',
  CSV_QUOTE_NOT_CLOSED:
    'a quote is opened and never closed. Close it, or double it if it belongs to the text ("").',
  CSV_MAX_RECORD_SIZE: 'a row is longer than 4 MB. A quote is probably opened here and never closed.',
};
