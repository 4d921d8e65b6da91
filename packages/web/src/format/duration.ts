import { nothing } from './locale.ts';
import { formatter } from './number.ts';

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** How long something took, in the unit that fits: "3.2 days", "14 minutes", "20 seconds"; for tiles short, "14 min". */
export function formatDuration(
  seconds: number | null | undefined,
  unitDisplay: 'long' | 'short' = 'long',
): string {
  if (seconds == null || !Number.isFinite(seconds)) return nothing;
  const fitting = units.find((each) => Math.abs(seconds) >= each.seconds) ?? { unit: 'second', seconds: 1 };
  return formatter({
    style: 'unit',
    unit: fitting.unit,
    unitDisplay,
    maximumFractionDigits: fitting.unit === 'day' ? 1 : 0,
  }).format(seconds / fitting.seconds);
}
