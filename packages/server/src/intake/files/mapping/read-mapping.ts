import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { type FieldFault, TouchstoneError } from '../../../vocabulary/errors.ts';
import { strictReader } from '../../../vocabulary/read-strictly.ts';
import { type Mapping, mappingShape } from './mapping-shape.ts';

export type ReadMapping = {
  mapping: Mapping;
  text: string;
  /** A refusal of the mapping, each fault with its line; their paths are keys from the top, with points between. */
  refuse(faults: FieldFault[]): TouchstoneError;
};

/**
 * Reads a mapping written in YAML.
 *
 * @throws invalid with every fault, each at its line and key
 */
export async function readMapping(path: string): Promise<ReadMapping> {
  const name = basename(path);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new TouchstoneError(
      'invalid',
      `The mapping ${name} cannot be read (${error.code}); check its path.`,
    );
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw refusal(
      name,
      document.errors.map(({ message, pos }) => ({
        path: `${name}:${lines.linePos(pos[0]).line}`,
        message: message.split(/ at line|\n/)[0]!,
      })),
    );
  }
  const refuse = (faults: FieldFault[]) =>
    refusal(
      name,
      faults.map((fault) => {
        const start = startOf(document.contents, fault.path);
        return { ...fault, path: `${name}:${lines.linePos(start).line} ${fault.path}`.trimEnd() };
      }),
    );
  const read = readShape(document.toJS() ?? {});
  if (read.faults !== undefined) throw refuse(read.faults);
  return { mapping: read.data, text, refuse };
}

const readShape = strictReader(mappingShape);

function refusal(name: string, faults: FieldFault[]): TouchstoneError {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  return new TouchstoneError('invalid', `The mapping ${name} has ${count}; nothing was imported.`, faults);
}

// Where the key stands, or the nearest one above it that is there. Keys may have points in them (`customer.email`).
function startOf(node: Node | null | undefined, path: string): number {
  const start = node?.range?.[0] ?? 0;
  if (!isMap(node)) return start;
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : undefined;
    if (name === undefined || (path !== name && !path.startsWith(`${name}.`))) continue;
    const keyStart = isNode(key) ? (key.range?.[0] ?? start) : start;
    const isDeeper = path !== name && isMap(value);
    return isDeeper ? Math.max(keyStart, startOf(value, path.slice(name.length + 1))) : keyStart;
  }
  return start;
}
