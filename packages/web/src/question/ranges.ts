import { addDays, type Day, dayIn, startOfMonth } from './days.ts';

/** Both days included. */
export type DayRange = { from: Day; to: Day };

export const presets = [
  { id: '30d', label: 'Last 30 days' },
  { id: 'today', label: 'Today' },
  { id: 'yesterday', label: 'Yesterday' },
  { id: '7d', label: 'Last 7 days' },
  { id: '90d', label: 'Last 90 days' },
  { id: 'month', label: 'This month' },
  { id: 'last-month', label: 'Last month' },
  { id: 'year', label: 'This year' },
  { id: '12m', label: 'Last 12 months' },
] as const;
export type Preset = (typeof presets)[number]['id'];

/** The days of a preset, counted from today in the zone. */
export function rangeOf(preset: Preset, timeZone: string, now: Date): DayRange {
  const today = dayIn(timeZone, now);
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case '7d':
      return { from: addDays(today, -6), to: today };
    case '30d':
      return { from: addDays(today, -29), to: today };
    case '90d':
      return { from: addDays(today, -89), to: today };
    case 'month':
      return { from: startOfMonth(today), to: today };
    case 'last-month':
      return { from: startOfMonth(today, -1), to: addDays(startOfMonth(today), -1) };
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    case '12m':
      return { from: startOfMonth(today, -11), to: today };
  }
}
