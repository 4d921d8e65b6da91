import { minuteCounter } from '../vocabulary/count-in-minute.ts';
import { Refused } from './refusals.ts';

/** Counts a page's request by its address. */
export type PageLimit = (address: string, now: Date) => Refused | undefined;

/**
 * Makes the limit that pages share: an address may send a tenth of what a key may, every minute.
 *
 * @param perMinute what a key may send; 0 is no limit
 */
export function pageLimit(perMinute: number): PageLimit {
  const count = minuteCounter();
  const most = Math.ceil(perMinute / 10);
  return (address, now) =>
    most === 0 || count(address, now) <= most ? undefined : tooMany(60 - now.getUTCSeconds());
}

function tooMany(seconds: number): Refused {
  return new Refused({
    status: 429,
    code: 'rate_limited',
    message: `Too many requests of one address; ask again in ${seconds} seconds.`,
    retryAfter: seconds,
  });
}
