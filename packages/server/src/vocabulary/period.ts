/** A half-open span of time [from, to); `to` null means it has not ended. Adjacent periods neither overlap nor gap. */
export type Period = { from: Date; to: Date | null };

/** Whether an instant lies in the period: its start does, its end does not. */
export function contains(period: Period, instant: Date): boolean {
  return period.from <= instant && (period.to === null || instant < period.to);
}

/** `[2026-03-01T00:00:00Z,)` as PostgreSQL reads it, from a period. */
export function toRange(period: Period): string {
  return `[${period.from.toISOString()},${period.to === null ? '' : period.to.toISOString()})`;
}

/** The later of two instants. */
export function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

/** The instant this many whole days of 24 hours later. */
export function daysLater(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * 86_400_000);
}

/** The instant this many minutes later. */
export function minutesLater(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * 60_000);
}

/** What is left of the periods when a span is taken out of them; one cut in the middle becomes two. */
export function without(periods: Period[], cut: Period): Period[] {
  return periods.flatMap((period) => [
    ...nonEmpty({ from: period.from, to: earlier(period.to, cut.from) }),
    ...(cut.to === null ? [] : nonEmpty({ from: later(period.from, cut.to), to: period.to })),
  ]);
}

/** The earlier of two ends; null never comes. */
export function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function nonEmpty(period: Period): Period[] {
  return period.to === null || period.from < period.to ? [period] : [];
}
