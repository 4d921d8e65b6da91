import type { OpenSpan } from '../../rollups/index.ts';
import { firstDayFrom } from '../../vocabulary/time-zone.ts';

/**
 * The calendar days of spend that belong to a range: those that begin in it, in its zone. `to_day` is not included.
 * A day of spend is the ad platform's own date and is never cut: ranges that meet have each day once.
 */
export function daysOf(
  { from, to }: OpenSpan,
  timeZone: string,
): { from_day: string | null; to_day: string | null } {
  return {
    from_day: from === null ? null : firstDayFrom(from, timeZone),
    to_day: to === null ? null : firstDayFrom(to, timeZone),
  };
}
