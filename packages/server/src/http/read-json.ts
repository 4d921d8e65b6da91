import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid, TouchstoneError } from '../vocabulary/errors.ts';

/** Bodies are JSON and nothing else. An empty one is no body: clients that always send the header mean that. */
export function readJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    async (_: FastifyRequest, text: string) => (text === '' ? undefined : parseJson(text)),
  );
}

/** @throws malformed for what is not JSON; what `refuseUnstorable` refuses */
export function parseJson(text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new TouchstoneError('malformed', `The body is not JSON: ${(error as SyntaxError).message}.`);
  }
  refuseUnstorable(body);
  return body;
}

// PostgreSQL stores no NUL in text, and both it and JSON.stringify give up on deep nesting (about 7,000 levels).
const deepest = 100;

/** @throws invalid for a NUL character or a field that would become a prototype, malformed for nesting deeper than anything we ask for */
export function refuseUnstorable(root: unknown): void {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '', depth: 0 }];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    const { value, path, depth } = item;
    if (typeof value === 'string') refuseNul(value, path);
    if (typeof value !== 'object' || value === null) continue;
    if (depth === deepest) {
      throw new TouchstoneError('malformed', `The body is nested deeper than ${deepest} levels.`);
    }
    for (const [key, inner] of Object.entries(value)) {
      const innerPath = path === '' ? key : `${path}.${key}`;
      refuseNul(key, innerPath);
      if (key === '__proto__') throw invalid(innerPath, 'is not a possible name; take it out');
      waiting.push({ value: inner, path: innerPath, depth: depth + 1 });
    }
  }
}

function refuseNul(text: string, path: string): void {
  if (text.includes('\0')) throw invalid(path, 'holds a NUL character, which cannot be stored; take it out');
}
