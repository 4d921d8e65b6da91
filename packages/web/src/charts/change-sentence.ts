import { formatPercent } from '../format/number.ts';

/** "Revenue rose 12.0% against the period before, mostly on TikTok (+98.0%)." */
export function changeSentence(
  figure: string,
  change: number | null | undefined,
  reason = '',
): string | undefined {
  if (change === undefined) return undefined;
  if (change === null) return `${figure} has nothing before to compare with.`;
  if (Math.abs(change) < 0.05) return `${figure} is as it was in the period before.`;
  const verb = change > 0 ? 'rose' : 'fell';
  return `${figure} ${verb} ${formatPercent(Math.abs(change))} against the period before${reason}.`;
}
