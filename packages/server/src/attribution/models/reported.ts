import type { Model } from '../../vocabulary/credit.ts';
import { divideOrder } from './divide-order.ts';

/** Everything to the campaign that the source claims: kept apart, so that claims and credit can be compared. */
export const reported: Model = {
  name: 'reported',
  conserving: true,
  divides: 'order',
  defaults: {},
  credit: (evidence) =>
    evidence.reported_campaign_id === null
      ? []
      : divideOrder(evidence, new Map([[evidence.reported_campaign_id, 1n]])),
};
