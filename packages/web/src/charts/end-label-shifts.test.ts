import { expect, it } from 'vitest';
import { endLabelShifts } from './end-label-shifts.ts';

const shifts = (...ends: (number | null)[]) =>
  endLabelShifts(ends.map((end) => ({ kind: 'line' as const, values: [100, end] })));

it('moves names only where they would stand on each other, the lower one down', () => {
  expect(shifts(80, 20)).toEqual([0, 0]);
  expect(shifts(50, 50)).toEqual([0, 13]);
  expect(shifts(50, 52)).toEqual([10, 0]);
  expect(shifts(50, 50, 50)).toEqual([0, 13, 26]);
});

it('keeps names apart on an axis that reaches higher than the values, or below zero', () => {
  expect(shifts(50, 58)).toEqual([2, 0]);
  const shown = endLabelShifts([
    { kind: 'line', values: [-100, 40] },
    { kind: 'line', values: [100, 50] },
  ]);
  expect(shown).toEqual([6, 0]);
});

it('takes the last known value', () => {
  expect(
    endLabelShifts([
      { kind: 'line', values: [100, 50, null] },
      { kind: 'line', values: [100, 50, 50] },
    ]),
  ).toEqual([0, 13]);
  expect(endLabelShifts([])).toEqual([]);
});

it('moves names up that would stand below the chart, and leaves bars out', () => {
  expect(shifts(0, 0)).toEqual([-13, 0]);
  const bars = { kind: 'bar' as const, values: [100, 0] };
  expect(endLabelShifts([bars, { kind: 'line', values: [50, 0] }])).toEqual([0, 0]);
});
