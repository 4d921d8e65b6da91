import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** What a page sends is small; larger bodies are refused with 413. */
export const largestPageBodyBytes = 16 * 1024;

const held = new WeakMap<IncomingMessage, Buffer>();

/** Keeps the body of a request that was read before the framework gets it. */
export function holdBody(request: IncomingMessage, body: Buffer): void {
  held.set(request, body);
}

/** The body that was kept, to be read once more. */
export function heldBody(request: IncomingMessage): Readable | undefined {
  const body = held.get(request);
  return body && Readable.from([body]);
}
