import type { Analytics } from '../../../api/types/analytics.ts';
import { formatCount } from '../../../format/number.ts';

/** "Kept apart and never credited: 12 clicks of bots, 3 of your own people." Nothing where there were none. */
export function keptApartText({
  bot,
  own_traffic,
  impossible_rate,
}: Analytics['kept_apart']): string | undefined {
  const parts = [
    bot > 0 && `${formatCount(bot)} of bots`,
    own_traffic > 0 && `${formatCount(own_traffic)} of your own people`,
    impossible_rate > 0 && `${formatCount(impossible_rate)} faster than people click`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : `Clicks kept apart and never credited: ${parts.join(', ')}.`;
}
