import { Temporal } from 'temporal-polyfill';
import { dayOf, startOfDay } from './day.ts';

/** A bounded span of time [from, to). */
export type Interval = { from: Date; to: Date };

export const intervalUnits = ['hour', 'day', 'week', 'month'] as const;
export type IntervalUnit = (typeof intervalUnits)[number];

/** The name of a time zone as the IANA database spells it, or undefined; `europe/berlin` → `Europe/Berlin`. */
export function timeZoneNamed(name: string): string | undefined {
  // An offset such as +02:00 is no zone: it knows nothing of clock changes.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  if (namesSeen.has(name)) return name;
  const zone = lookUpZone(name);
  if (zone === name) namesSeen.add(name);
  return zone;
}

// Asking costs 0.3 ms. Names are kept as the database spells them, of which there are about 600.
const namesSeen = new Set<string>();

function lookUpZone(name: string): string | undefined {
  try {
    // The formatter would answer Asia/Calcutta for Asia/Kolkata; a caller wants the name that was asked for.
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** An instant as the clocks of a zone show it, with their offset: `2026-03-01T00:00:00+01:00`. */
export function toZonedIso(instant: Date, timeZone: string): string {
  return zonedIsoFormat(timeZone)(instant);
}

/**
 * The same for many instants of a zone: it is asked once for each span between two changes of its clocks, which takes
 * thousands of rows from 25 µs each to 1.
 */
export function zonedIsoFormat(timeZone: string): (instant: Date) => string {
  let span = { from: 0, to: 0, offsetMs: 0, offset: '' };
  // Intervals meet: the end of each is asked for again as the start of the next.
  let last = { time: Number.NaN, text: '' };
  return (instant) => {
    const time = instant.getTime();
    if (time === last.time) return last.text;
    if (time < span.from || time >= span.to) span = spanOfOffset(time, timeZone);
    const local = new Date(time + span.offsetMs).toISOString().slice(0, -1);
    last = { time, text: `${local.endsWith('.000') ? local.slice(0, -4) : local}${span.offset}` };
    return last.text;
  };
}

function spanOfOffset(time: number, timeZone: string) {
  const zoned = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
  const to = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  // Some offsets of long ago have seconds, which ISO 8601 has not: what is shown must still be the same instant.
  const minutes = Math.trunc(zoned.offsetNanoseconds / 60_000_000_000);
  const [hour, minute] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const offset = `${minutes < 0 ? '-' : '+'}${twoDigits(hour)}:${twoDigits(minute)}`;
  return { from: time, to, offsetMs: minutes * 60_000, offset };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** The first calendar day of a zone that begins at or after an instant. */
export function firstDayFrom(instant: Date, timeZone: string): string {
  const day = dayOf(instant, timeZone);
  return startOfDay(day, timeZone) >= instant ? day : addDays(day, 1);
}

/** `2026-02-28` and 2 → `2026-03-02`; negative goes back. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The same day some months later, or the last one of a month that is shorter. */
export function addMonths(day: string, months: number): string {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** How many days lie from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** How many months lie from the first day of one month to the first of another; undefined for other days. */
export function wholeMonthsBetween(from: string, to: string): number | undefined {
  if (!from.endsWith('-01') || !to.endsWith('-01')) return undefined;
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'month' }).months;
}

/** The first day of the day, ISO week (Monday) or month that a calendar day lies in. */
export function floorDay(day: string, unit: IntervalUnit): string {
  const date = Temporal.PlainDate.from(day);
  if (unit === 'week') return date.subtract({ days: date.dayOfWeek - 1 }).toString();
  return unit === 'month' ? date.with({ day: 1 }).toString() : day;
}

/**
 * About how many intervals `intervalsOf` would give, a handful more or fewer.
 * Cheap, so that an answer that would be too long is refused before it is made.
 */
export function countIntervals({ from, to }: Interval, unit: IntervalUnit): number {
  return Math.ceil(Math.max(0, to.getTime() - from.getTime()) / shortest[unit]) + 2;
}

const hourMs = 3_600_000;
const shortest: Record<IntervalUnit, number> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 28 * 24 * hourMs,
};

/**
 * Cuts a range into the hours, days, ISO weeks or months of a zone, in order and without gaps; the first and the last
 * are clipped at the range. Where clocks change a day has 23 or 25 hours, or starts at one o'clock, and where they
 * change by half an hour an hour has 30 minutes; a date that a zone left out has no interval.
 */
export function intervalsOf(range: Interval, unit: IntervalUnit, timeZone: string): Interval[] {
  if (range.from >= range.to) return [];
  const starts = unit === 'hour' ? hourStarts(range, timeZone) : dayStarts(range, unit, timeZone);
  const inner = starts.filter((start) => start > range.from && start < range.to);
  const edges = [range.from, ...inner, range.to];
  return edges.slice(1).map((to, place) => ({ from: edges[place]!, to }));
}

function dayStarts(range: Interval, unit: IntervalUnit, timeZone: string): Date[] {
  const starts: Date[] = [];
  let day = floorDay(dayOf(range.from, timeZone), unit);
  for (;;) {
    const start = startOfDay(day, timeZone);
    if (start >= range.to) return starts;
    if (starts.at(-1)?.getTime() !== start.getTime()) starts.push(start);
    day = unit === 'month' ? addMonths(day, 1) : addDays(day, unit === 'week' ? 7 : 1);
  }
}

function hourStarts(range: Interval, timeZone: string): Date[] {
  const days = dayStarts(range, 'day', timeZone);
  return days.flatMap((start, place) => {
    const end = days[place + 1] ?? startOfDay(addDays(dayOf(start, timeZone), 1), timeZone);
    return hoursOfDay(start, end, timeZone);
  });
}

// Almost every day has 24 hours of equal length, and asking the zone for each costs 20 times as much.
function hoursOfDay(start: Date, end: Date, timeZone: string): Date[] {
  if (end.getTime() - start.getTime() === 24 * hourMs) {
    return Array.from({ length: 24 }, (_, hour) => new Date(start.getTime() + hour * hourMs));
  }
  const hours: Date[] = [];
  for (let hour = start; hour < end; hour = nextHour(hour, timeZone)) hours.push(hour);
  return hours;
}

function nextHour(hour: Date, timeZone: string): Date {
  const later = Temporal.Instant.fromEpochMilliseconds(hour.getTime() + hourMs).toZonedDateTimeISO(timeZone);
  const floor = later.round({ smallestUnit: 'hour', roundingMode: 'floor' }).epochMilliseconds;
  // Clocks that went back half an hour show the same full hour again.
  return new Date(floor > hour.getTime() ? floor : later.epochMilliseconds);
}
