import type { Model } from '../../vocabulary/credit.ts';
import { oncePerCampaign } from './once-per-campaign.ts';
import { touchModel } from './touch-model.ts';

/**
 * The same to every campaign of the path, however often it was touched: the Shapley value of the order in the game
 * v(S) = the conversions of the paths whose campaigns all lie in S. So what campaigns hold of all orders together is
 * exactly their Shapley value, as a run shows it.
 */
export const shapley: Model = {
  ...touchModel('shapley', (path) => oncePerCampaign(path, () => 1n), { channels: true }),
  learned: true,
};
