import type { OpenSpan } from '../../rollups/index.ts';
import { dayAfter, dayOf, startOfDay } from '../../vocabulary/day.ts';
import { addDays, addMonths, daysBetween, wholeMonthsBetween } from '../../vocabulary/time-zone.ts';
import type { Moment } from './report-query.ts';

/** The half-open range of instants that two bounds mean in a zone: a day given as the end is included whole. */
export function resolveRange(from: Moment | undefined, to: Moment | undefined, timeZone: string): OpenSpan {
  return {
    from: from === undefined ? null : 'day' in from ? startOfDay(from.day, timeZone) : from.instant,
    to: to === undefined ? null : 'day' in to ? startOfDay(dayAfter(to.day), timeZone) : to.instant,
  };
}

/**
 * The period of equal length before a range: whole months are preceded by as many months, whole days by as many days
 * (which may have 23 hours), anything else by as much time. Undefined for a range without both bounds.
 */
export function previousRange(
  { from, to }: OpenSpan,
  timeZone: string,
): { from: Date; to: Date } | undefined {
  if (from === null || to === null) return undefined;
  const firstDay = wholeDay(from, timeZone);
  const endDay = wholeDay(to, timeZone);
  if (firstDay === undefined || endDay === undefined) {
    return { from: new Date(2 * from.getTime() - to.getTime()), to: from };
  }
  const months = wholeMonthsBetween(firstDay, endDay);
  const before =
    months === undefined ? addDays(firstDay, -daysBetween(firstDay, endDay)) : addMonths(firstDay, -months);
  return { from: startOfDay(before, timeZone), to: from };
}

/** The day that begins at an instant, if one does. */
function wholeDay(instant: Date, timeZone: string): string | undefined {
  const day = dayOf(instant, timeZone);
  return startOfDay(day, timeZone).getTime() === instant.getTime() ? day : undefined;
}
