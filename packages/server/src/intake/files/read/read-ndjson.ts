import { TouchstoneError } from '../../../vocabulary/errors.ts';
import type { SourceRow } from './source-row.ts';

/** The objects of an NDJSON file, a line each; empty lines are passed over. */
export async function* readNdjson(name: string, text: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  let line = 0;
  for await (const content of linesOf(name, text)) {
    line += 1;
    if (content.trim() !== '') yield { file: name, line, ...parseLine(content) };
  }
}

/** The lines of a text that comes in parts. */
export async function* linesOf(name: string, text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > longestLine) {
      throw new TouchstoneError(
        'invalid',
        `${name} has a line longer than 16 million characters. NDJSON holds one object a line.`,
      );
    }
    yield* lines;
  }
  yield rest;
}

const longestLine = 16_000_000;

function parseLine(content: string): Pick<SourceRow, 'row' | 'fault'> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { row: { ...value } };
    return { row: { text: content.slice(0, 1000) }, fault: 'is no JSON object' };
  } catch (error) {
    return {
      row: { text: content.slice(0, 1000) },
      fault: `is not JSON: ${(error as SyntaxError).message}`,
    };
  }
}
