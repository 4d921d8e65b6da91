import type { Evidence, Model, ModelParameters } from '../../vocabulary/credit.ts';
import { divideOrder } from './divide-order.ts';
import { type EligibleTouch, eligibleTouches } from './eligible-touches.ts';

/** Says what each touch of a path weighs, in the order of the path: integers ≥ 0. */
export type Weigh = (path: EligibleTouch[], parameters: ModelParameters) => bigint[];

/**
 * A model that divides the whole order among the touches of its path. A touch weighs for its campaign, so that two
 * touches of one campaign are one claim; a campaign that weighs nothing holds nothing.
 */
export function touchModel(name: string, weights: Weigh, defaults: ModelParameters = {}): Model {
  const weigh = (evidence: Evidence, parameters: ModelParameters) => {
    const path = eligibleTouches(evidence, parameters);
    const weighed = weights(path, parameters);
    return path.map(({ touch: { touch_id }, campaign_id }, place) => ({
      touch_id,
      campaign_id,
      weight: weighed[place]!,
    }));
  };
  return {
    name,
    conserving: true,
    divides: 'order',
    defaults: { visit_window_days: 30, touches: ['visit', 'email_click'], channels: false, ...defaults },
    weigh,
    credit(evidence, parameters) {
      const claims = new Map<string, bigint>();
      for (const { campaign_id, weight } of weigh(evidence, parameters)) {
        if (weight > 0n) claims.set(campaign_id, (claims.get(campaign_id) ?? 0n) + weight);
      }
      return divideOrder(evidence, claims);
    },
  };
}
