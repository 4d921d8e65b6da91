import { expect, it } from 'vitest';
import { formatDuration } from './duration.ts';

it('takes the unit that fits', () => {
  expect([20, 90, 7200, 276_480].map((seconds) => formatDuration(seconds))).toEqual([
    '20 seconds',
    '2 minutes',
    '2 hours',
    '3.2 days',
  ]);
  expect([2940, 276_480].map((seconds) => formatDuration(seconds, 'short'))).toEqual(['49 min', '3.2 days']);
  expect(formatDuration(null)).toBe('–');
});
