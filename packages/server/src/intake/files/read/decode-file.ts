import { createReadStream } from 'node:fs';
import { TouchstoneError } from '../../../vocabulary/errors.ts';
import type { SourceFile } from './source-row.ts';

/**
 * The text of a file, in parts, without its byte order mark.
 *
 * @param seen is shown the bytes as they are read
 * @throws invalid where the bytes are none of the encoding
 */
export async function* decodeFile(
  { path, name, encoding }: Pick<SourceFile, 'path' | 'name' | 'encoding'>,
  seen: (chunk: Buffer) => void = () => {},
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 1;
  const decode = (chunk?: Buffer) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new TouchstoneError(
        'invalid',
        `${name} is not ${encoding} somewhere after line ${lines}. Save it as UTF-8, or name its encoding in the mapping (csv: { encoding: windows-1252 }).`,
      );
    }
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    seen(chunk);
    const text = decode(chunk);
    yield text;
    lines += text.split('\n').length - 1;
  }
  yield decode();
}
