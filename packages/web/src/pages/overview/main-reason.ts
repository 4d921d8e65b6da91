import type { PlatformRow } from '../../api/types/report.ts';
import { platformName } from '../../elements/platform.ts';
import { formatChange } from '../../format/number.ts';
import type { Question } from '../../question/use-question.ts';

/**
 * Which platform moved revenue most in the direction that all of it took: ", mostly on TikTok (+98.0%)". Empty where
 * platforms do not add up, or none made half of the change.
 */
export function mainReason(platforms: PlatformRow[], { additive }: Pick<Question, 'additive'>): string {
  if (!additive) return '';
  const moves = platforms.map(({ platform, revenue, previous, change }) => ({
    platform,
    change: change?.revenue,
    moved: revenue - (previous?.revenue ?? 0),
  }));
  const total = moves.reduce((sum, { moved }) => sum + moved, 0);
  const main = moves.sort((a, b) => Math.sign(total) * (b.moved - a.moved))[0];
  if (main === undefined || total === 0 || main.moved / total < 0.5) return '';
  const by = main.change == null ? 'new' : formatChange(main.change);
  return `, mostly on ${platformName(main.platform)} (${by})`;
}
