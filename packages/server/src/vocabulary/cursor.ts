import type { ZodType, z } from 'zod';
import { TouchstoneError } from './errors.ts';

/**
 * Where a list goes on: the sort key of the last row shown, packed so that nobody leans on what is inside.
 *
 * @param list names the list and its order (`campaigns:name:asc`), so that a cursor of another order is refused
 * @param key JSON values only: an instant as ISO 8601, a bigint as text
 */
export function encodeCursor(list: string, key: readonly (string | number | boolean | null)[]): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

/**
 * The sort key in a cursor that `encodeCursor` made for the same list.
 *
 * @param key the shape of the sort key, such as `z.tuple([timestampField, z.uuid()])`
 * @throws malformed, when it is not a cursor, or one of another list or order
 */
export function decodeCursor<Key extends ZodType>(list: string, key: Key, cursor: string): z.output<Key> {
  const [madeFor, ...values] = unpack(cursor);
  const parsed = madeFor === list ? key.safeParse(values) : undefined;
  if (!parsed?.success) {
    const message =
      'is not a cursor of this list in this order; take it from meta.next_cursor of the page before, or leave it out to start at the beginning';
    throw new TouchstoneError('malformed', `The cursor ${message}.`, [{ path: 'cursor', message }]);
  }
  return parsed.data;
}

function unpack(cursor: string): unknown[] {
  try {
    const unpacked: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(unpacked) ? unpacked : [];
  } catch {
    return []; // not JSON, so not a cursor: the caller refuses it with the rest
  }
}
