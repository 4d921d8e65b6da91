import type { Moment } from './campaign-plan.ts';
import type { Season } from './catalogue.ts';

const dayMilliseconds = 86_400_000;

/** The days of the demo, from the first to the one that is today; in UTC. */
export type Calendar = {
  days: number;
  /** Where the last day ends: now. */
  endsAt: Date;
  /** Midnight of a day; days beyond the last are in the future. */
  startOf(day: number): Date;
  /** Which day a moment is; undefined when it is not within these days. */
  dayOf(moment: Moment): number | undefined;
};

/** The `days` that end at an instant. A year and a day hold every date at least once. */
export function calendarOf(endsAt: Date, days: number): Calendar {
  const today = Math.floor(endsAt.getTime() / dayMilliseconds);
  const startOf = (day: number) => new Date((today - days + 1 + day) * dayMilliseconds);
  const first = (isIt: (date: Date) => boolean) => {
    const day = Array.from({ length: days }, (_, place) => place).find((place) => isIt(startOf(place)));
    return day;
  };
  return {
    days,
    endsAt,
    startOf,
    dayOf: (moment) => {
      if (moment === 'black friday') return first(isBlackFriday);
      if ('date' in moment) return first((date) => date.toISOString().slice(5, 10) === moment.date);
      if ('today' in moment) return days - 1 + moment.today;
      return moment.day < days ? moment.day : undefined;
    },
  };
}

/** The Friday after the fourth Thursday of November. */
export function isBlackFriday(date: Date): boolean {
  const dayOfMonth = date.getUTCDate();
  return date.getUTCMonth() === 10 && date.getUTCDay() === 5 && dayOfMonth >= 23 && dayOfMonth <= 29;
}

/** How much a product of a season sells on a day, beside its average: twice as much in its middle, little off it. */
export function seasonFactor(season: Season, date: Date): number {
  if (season === 'always') return 1;
  const middle = season === 'cold' ? Date.UTC(2000, 11, 20) : Date.UTC(2000, 5, 25);
  const angle = ((date.getTime() - middle) / (365.25 * dayMilliseconds)) * 2 * Math.PI;
  return 1 + 0.85 * Math.cos(angle);
}

const byWeekday = [1.18, 1.05, 0.92, 0.9, 0.95, 0.98, 1.08];

/** How busy the shop is on a day: Sundays, the weeks before Christmas, Black Friday, and a third more at the end. */
export function demandOn(date: Date, day: number, days: number): number {
  const growth = 0.85 + 0.33 * (day / days);
  return growth * byWeekday[date.getUTCDay()]! * festivity(date);
}

function festivity(date: Date): number {
  for (let since = 0; since < 4; since += 1) {
    if (isBlackFriday(new Date(date.getTime() - since * dayMilliseconds)))
      return [3.6, 2.1, 1.9, 2.6][since]!;
  }
  const dayOfMonth = date.getUTCDate();
  if (date.getUTCMonth() !== 11) return 1;
  if (dayOfMonth <= 20) return 1.25 + dayOfMonth / 40;
  return dayOfMonth <= 24 ? 0.9 : 0.6;
}

// From midnight on; few buy a tent at four in the morning, though some do.
const byHour = [4, 2, 1, 1, 1, 2, 4, 8, 12, 14, 15, 15, 17, 15, 13, 12, 13, 15, 18, 22, 24, 21, 14, 8].map(
  (weight, hour) => [hour, weight] as const,
);

export function hourWeights(): readonly (readonly [number, number])[] {
  return byHour;
}
