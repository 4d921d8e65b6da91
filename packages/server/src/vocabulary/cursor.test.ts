import { expect, it } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { timestampField } from './fields.ts';

const key = z.tuple([timestampField, z.uuid(), z.number().nullable()]);
const id = '0192f7a0-0000-7000-8000-000000000000';

it('brings back the place it was made from', () => {
  const cursor = encodeCursor('orders:ordered_at:desc', ['2026-03-01T00:00:00.000Z', id, null]);
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(decodeCursor('orders:ordered_at:desc', key, cursor)).toEqual([
    new Date('2026-03-01T00:00:00Z'),
    id,
    null,
  ]);
});

it.each([
  [
    'of the same list in another order',
    encodeCursor('orders:ordered_at:asc', ['2026-03-01T00:00:00Z', id, 1]),
  ],
  ['with another shape', encodeCursor('orders:ordered_at:desc', [id, '2026-03-01T00:00:00Z', 1])],
  ['with too little in it', encodeCursor('orders:ordered_at:desc', [])],
  ['that is no JSON', Buffer.from('[').toString('base64url')],
  ['that is no list', Buffer.from('{"a":1}').toString('base64url')],
  ['of other letters', '%%%'],
  ['without letters', ''],
])('refuses one %s', (_, cursor) => {
  expect(() => decodeCursor('orders:ordered_at:desc', key, cursor)).toThrow(
    expect.objectContaining({ code: 'malformed', fields: [expect.objectContaining({ path: 'cursor' })] }),
  );
});
