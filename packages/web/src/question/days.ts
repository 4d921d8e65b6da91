/** A calendar day, `2026-03-01`. */
export type Day = string;

/** The day it is in the zone. */
export function dayIn(timeZone: string, instant: Date): Day {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

export function addDays(day: Day, days: number): Day {
  return iso(Date.parse(day) + days * 86_400_000);
}

/** The first day of the month that lies so many months from the day's. */
export function startOfMonth(day: Day, months = 0): Day {
  const date = new Date(day);
  return iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
}

/** How many days the range has, both ends included. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

export function isDay(text: string | undefined): text is Day {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

function iso(milliseconds: number): Day {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
