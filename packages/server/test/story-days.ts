import type { Period } from '../src/vocabulary/period.ts';

// Story tables speak of days of March 2026: `day(5)` is the start of one, '5-8 10-' two periods, the second open.

export function day(number: number): Date {
  return new Date(Date.UTC(2026, 2, number));
}

export function periods(text: string): Period[] {
  const parts = text.split(' ').filter((part) => part !== '');
  return parts.map((part) => {
    const [from, to] = part.split('-');
    return { from: day(Number(from)), to: to ? day(Number(to)) : null };
  });
}

/** Periods as the stories write them; also as the API shows them. */
export function told(list: { from: Date | string; to: Date | string | null }[]): string {
  return list.map(({ from, to }) => `${dayNumber(from)}-${to === null ? '' : dayNumber(to)}`).join(' ');
}

function dayNumber(instant: Date | string): number {
  return 1 + (new Date(instant).getTime() - day(1).getTime()) / 86_400_000;
}
