import { locale, nothing } from './locale.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify(options);
  const known = formatters.get(name) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(name, known);
  return known;
}

/** An instant with its time, in the zone: "Mar 1, 2026, 14:05". */
export function formatInstant(instant: string | null | undefined, timeZone: string): string {
  if (instant == null) return nothing;
  return formatter({ dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(instant));
}

/** The same to the second, where the second decides. */
export function formatExactInstant(instant: string | null | undefined, timeZone: string): string {
  if (instant == null) return nothing;
  return formatter({ dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(new Date(instant));
}

/** The day an instant lies on in the zone: "Mar 1, 2026". */
export function formatDate(instant: string | null | undefined, timeZone: string): string {
  if (instant == null) return nothing;
  return formatter({ dateStyle: 'medium', timeZone }).format(new Date(instant));
}

/** A calendar day, `2026-03-01`, which no zone shifts. */
export function formatDay(day: string | null | undefined): string {
  if (day == null) return nothing;
  return formatter({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** A range of calendar days, both included: "Mar 1 – 31, 2026". */
export function formatDays(from: string, to: string): string {
  const days = formatter({ dateStyle: 'medium', timeZone: 'UTC' });
  return days.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
}

export type Interval = 'hour' | 'day' | 'week' | 'month';

/** A bucket of a time line as its axis names it, by when it starts. */
export function formatBucket(start: string, interval: Interval, timeZone: string): string {
  return formatter({ ...bucketParts[interval], timeZone }).format(new Date(start));
}

const bucketParts: Record<Interval, Intl.DateTimeFormatOptions> = {
  hour: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
};

/** A sentence of the server with its timestamps written as the reader writes them, in the zone. */
export function withReadableTimes(sentence: string, timeZone: string): string {
  return sentence.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (instant) =>
    formatInstant(instant, timeZone),
  );
}
