import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketOf, grainMilliseconds } from './buckets.ts';
import { cutRange } from './cut-range.ts';

const at = (text: string) => new Date(text);
const instant = fc.date({
  min: at('2026-01-01T00:00:00Z'),
  max: at('2026-03-01T00:00:00Z'),
  noInvalidDate: true,
});

describe('a range is cut into rows that answer for it', () => {
  test('a month of whole UTC days takes daily rows only', () => {
    const month = { from: at('2026-02-01T00:00:00Z'), to: at('2026-03-01T00:00:00Z') };
    expect(cutRange(month)).toEqual({ grains: [{ grain: 'day', ...month, times: 1 }], slivers: [] });
  });

  test('a day of Kathmandu is a UTC day with what lies before it, less its end', () => {
    const day = { from: at('2026-02-01T18:15:00Z'), to: at('2026-02-02T18:15:00Z') };
    expect(cutRange(day)).toEqual({
      grains: [
        { grain: 'quarter', from: at('2026-02-01T18:15:00Z'), to: at('2026-02-02T00:00:00Z'), times: 1 },
        { grain: 'day', from: at('2026-02-02T00:00:00Z'), to: at('2026-02-03T00:00:00Z'), times: 1 },
        { grain: 'quarter', from: at('2026-02-02T18:15:00Z'), to: at('2026-02-03T00:00:00Z'), times: -1 },
      ],
      slivers: [],
    });
  });

  test('a few hours take quarter hours only', () => {
    const hours = { from: at('2026-02-01T10:00:00Z'), to: at('2026-02-01T14:00:00Z') };
    expect(cutRange(hours)).toEqual({ grains: [{ grain: 'quarter', ...hours, times: 1 }], slivers: [] });
  });

  test('an open range takes daily rows without end', () => {
    expect(cutRange({ from: null, to: null })).toEqual({
      grains: [{ grain: 'day', from: null, to: null, times: 1 }],
      slivers: [],
    });
  });

  test('the pieces cover the range once in all, each on the bounds of its grain', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const { grains, slivers } = cutRange({ from, to });
        for (const { grain, from, to } of grains) {
          expect(bucketOf(from!, grain)).toEqual(from);
          expect(bucketOf(to!, grain)).toEqual(to);
        }
        for (const sliver of slivers) {
          expect(sliver.to.getTime() - sliver.from.getTime()).toBeLessThan(grainMilliseconds.quarter);
        }
        // Walking along the bounds, what is covered must be once within the range and never outside.
        const bounds = [...grains, ...slivers.map((sliver) => ({ ...sliver, times: 1 }))].flatMap((piece) => [
          { time: piece.from!.getTime(), step: piece.times },
          { time: piece.to!.getTime(), step: -piece.times },
        ]);
        const times = [...new Set([...bounds.map(({ time }) => time), from.getTime(), to.getTime()])];
        for (const time of times) {
          const covered = bounds.reduce((sum, bound) => sum + (bound.time <= time ? bound.step : 0), 0);
          expect(covered).toBe(time >= from.getTime() && time < to.getTime() ? 1 : 0);
        }
      }),
    );
  });
});
