import { addDays, type Day } from './days.ts';

/** When the day begins in the zone, as an instant; where midnight does not exist, the first moment after it. */
export function startOfDay(day: Day, timeZone: string): string {
  return instantOf(`${day}T00:00:00`, timeZone);
}

/** When the day is over: the start of the next. */
export function endOfDay(day: Day, timeZone: string): string {
  return startOfDay(addDays(day, 1), timeZone);
}

/** The instant at which the zone's clocks show this; of two, the first, and of none, the one as much later. */
export function instantOf(wallTime: string, timeZone: string): string {
  const wall = Date.parse(`${wallTime.replace(' ', 'T')}Z`);
  // The offsets a day before and after are the only two that may hold at the moment itself.
  const candidates = [wall - 86_400_000, wall + 86_400_000]
    .map((near) => wall - offsetAt(near, timeZone))
    .sort((a, b) => a - b);
  const exact = candidates.find((instant) => instant + offsetAt(instant, timeZone) === wall);
  return new Date(exact ?? candidates[1]!).toISOString();
}

/** What the zone's clocks show at the instant: `2026-03-01T14:05:00`. */
export function wallTimeOf(instant: string, timeZone: string): string {
  const time = Date.parse(instant);
  return new Date(time + offsetAt(time, timeZone)).toISOString().slice(0, 19);
}

/** By how much the zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(instant);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  clocks.set(timeZone, known);
  return known;
}
