import type { Period } from '../api/types/campaign.ts';
import { formatInstant } from './time.ts';

/** "Mar 1, 2026, 09:00 – Apr 2, 2026, 10:30", or "from … on". */
export function periodText({ from, to }: Period, timeZone: string): string {
  if (to === null) return `from ${formatInstant(from, timeZone)} on`;
  return `${formatInstant(from, timeZone)} – ${formatInstant(to, timeZone)}`;
}
