import type { Model } from '../../vocabulary/credit.ts';
import { oncePerCampaign } from './once-per-campaign.ts';
import { touchModel } from './touch-model.ts';

/**
 * To every campaign of the path in proportion to its removal effect, as a run learned it from all paths. A campaign that
 * the run did not know weighs as much as those it knew on average; before the first run all weigh the same.
 */
export const markov: Model = {
  ...touchModel(
    'markov',
    (path, { weights_e6 = {} }) => {
      const known = Object.values(weights_e6);
      const sum = known.reduce((total, weight) => total + weight, 0);
      const average = known.length === 0 ? 1 : Math.round(sum / known.length);
      return oncePerCampaign(path, (campaign_id) => BigInt(weights_e6[campaign_id] ?? average));
    },
    { channels: true, weights_e6: {} },
  ),
  learned: true,
};
