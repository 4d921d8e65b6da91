import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { builtTracker } from './built-tracker.ts';

it('weighs no more than 1,500 bytes on the wire', () => {
  expect(gzipSync(builtTracker()).length).toBeLessThanOrEqual(1500);
});

it('sets and reads no cookie, and loads nothing else', () => {
  expect(builtTracker()).not.toMatch(/cookie|import\(|createElement/);
});
