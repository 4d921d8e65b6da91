import type { Backfill } from '../../api/types/operations.ts';
import { formatInstant } from '../../format/time.ts';

/** Which orders a backfill is about, in words. */
export function rangeText({ from, to, statuses, models }: Backfill, tz: string): string {
  const range =
    from === null && to === null
      ? 'All orders'
      : `Orders ${from === null ? '' : `from ${formatInstant(from, tz)} `}${to === null ? '' : `until ${formatInstant(to, tz)}`}`;
  return [range.trim(), statuses?.join(', '), models?.join(', ')].filter(Boolean).join(' · ');
}
