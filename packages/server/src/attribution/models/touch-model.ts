import type { Evidence, Model, ModelParameters } from '../../vocabulary/credit.ts';
import { divideOrder } from './divide-order.ts';
import { type EligibleTouch, eligibleTouches } from './eligible-touches.ts';

/** Says what each touch of a path weighs, in the order of the path: integers ≥ 0. */
export type Weigh = (path: EligibleTouch[], parameters: ModelParameters, evidence: Evidence) => bigint[];

/**
 * A model that divides the whole order among the touches of its path. A touch weighs for its campaign, so that two
 * touches of one campaign are one claim; a campaign that weighs nothing holds nothing.
 */
export function touchModel(name: string, weigh: Weigh, defaults: ModelParameters = {}): Model {
  return {
    name,
    conserving: true,
    divides: 'order',
    defaults: { visit_window_days: 30, touches: ['visit', 'email_click'], channels: false, ...defaults },
    credit(evidence, parameters) {
      const path = eligibleTouches(evidence, parameters);
      const weights = new Map<string, bigint>();
      for (const [place, weight] of weigh(path, parameters, evidence).entries()) {
        const { campaign_id } = path[place]!;
        if (weight > 0n) weights.set(campaign_id, (weights.get(campaign_id) ?? 0n) + weight);
      }
      return divideOrder(evidence, weights);
    },
  };
}
