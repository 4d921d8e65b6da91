import type { Interval } from '../format/time.ts';
import { daysBetween } from './days.ts';
import type { DayRange } from './ranges.ts';

export const intervals = ['hour', 'day', 'week', 'month'] as const satisfies Interval[];

/** The interval that gives a range a readable number of points. */
export function fittingInterval({ from, to }: DayRange): Interval {
  const days = daysBetween(from, to);
  if (days <= 2) return 'hour';
  if (days <= 92) return 'day';
  return days <= 400 ? 'week' : 'month';
}
