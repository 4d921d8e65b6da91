import { expect, it } from 'vitest';
import { endLabelShifts } from './end-label-shifts.ts';

const shifts = (...ends: (number | null)[]) => endLabelShifts(ends.map((end) => ({ values: [100, end] })));

it('moves names only where they would stand on each other, the lower one down', () => {
  expect(shifts(80, 20)).toEqual([0, 0]);
  expect(shifts(50, 50)).toEqual([0, 13]);
  expect(shifts(50, 52)).toEqual([9, 0]);
  expect(shifts(50, 50, 50)).toEqual([0, 13, 26]);
});

it('takes the last known value', () => {
  expect(endLabelShifts([{ values: [100, 50, null] }, { values: [100, 50, 50] }])).toEqual([0, 13]);
  expect(endLabelShifts([])).toEqual([]);
});
