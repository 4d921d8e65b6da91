import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Argument, Command, Option } from 'commander';
import { csvOf } from '../../http/index.ts';
import { type ExportKind, exportKinds, exportRows, readExportSpan } from '../../reports/index.ts';
import { invalid } from '../../vocabulary/errors.ts';
import { type Answer, type Frame, type Outcome, withDatabase } from '../frame.ts';

/** `touchstone export orders --format csv --from 2026-01-01 --output orders.csv` */
export function exportCommand(answer: Answer): Command {
  return new Command('export')
    .description('Write all facts or the ledger as CSV or NDJSON, as of one moment')
    .addArgument(new Argument('<kind>', 'what to write').choices(exportKinds))
    .addOption(new Option('--format <format>', 'how').choices(['csv', 'ndjson']).default('ndjson'))
    .option('--from <day>', 'first day, or a timestamp with an offset')
    .option('--to <day>', 'last day (included whole), or a timestamp with an offset')
    .option('--output <file>', 'where to; it is there when it is complete. Without it, standard output')
    .action(answer(runExport));
}

type Asked = { format: 'csv' | 'ndjson'; from?: string; to?: string; output?: string };

async function runExport(
  frame: Frame,
  kind: ExportKind,
  { format, output, ...range }: Asked,
): Promise<Outcome> {
  const { timeZone } = frame.settings;
  const request = { kind, format, span: readExportSpan(range, timeZone) };
  if (output === undefined && frame.json) {
    throw invalid(
      '--json',
      'says how the export went, which standard output cannot hold as well: add --output FILE',
    );
  }
  return withDatabase(frame, async ({ db }) => {
    const pages = exportRows(db, request, { timeZone, now: frame.clock.now() });
    const texts = textsOf(pages, format);
    if (output !== undefined) {
      const rows = await writeFile(output, texts);
      return { text: `Wrote ${rows} ${kind} to ${output}.`, data: { kind, format, rows, output } };
    }
    // The terminal ends each piece itself.
    for await (const { text } of texts) if (text !== '') frame.terminal.out(text.slice(0, -1));
    return { text: '', data: null };
  });
}

type Piece = { text: string; rows: number };

async function* textsOf(
  pages: ReturnType<typeof exportRows>,
  format: 'csv' | 'ndjson',
): AsyncGenerator<Piece> {
  let isFirst = true;
  for await (const { columns, rows } of pages) {
    if (format === 'ndjson') {
      yield { text: rows.map((row) => `${JSON.stringify(row)}\n`).join(''), rows: rows.length };
      continue;
    }
    const text = csvOf({ filename: '', columns, rows });
    const header = text.indexOf('\r\n') + 2;
    yield { text: isFirst ? text : text.slice(header), rows: rows.length };
    isFirst = false;
  }
}

async function writeFile(path: string, pieces: AsyncIterable<Piece>): Promise<number> {
  const unfinished = `${path}.part`;
  const file = createWriteStream(unfinished);
  await once(file, 'open').catch((error: NodeJS.ErrnoException) => {
    throw invalid(
      '--output',
      `${path} cannot be written (${error.code}); check the path and who may write there`,
    );
  });
  let count = 0;
  for await (const { text, rows } of pieces) {
    count += rows;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  await rename(unfinished, path);
  return count;
}
