import { minutesLater } from '../vocabulary/period.ts';

/** Whether something that was told as past lies in the future, by more than the clocks of servers differ. */
export function liesAhead(told: Date, now: Date): boolean {
  return told > minutesLater(now, mostAheadMinutes);
}

const mostAheadMinutes = 60;
