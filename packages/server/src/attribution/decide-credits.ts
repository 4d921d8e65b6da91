import type { Credit, Evidence } from '../vocabulary/credit.ts';
import type { ModelVersion } from './model-versions.ts';
import { models } from './models/index.ts';

/** Credit that should stand in the ledger: a model's answer, bound to its version, order and sale time. */
export type DecidedCredit = Credit & {
  order_id: string;
  model_version_id: string;
  currency: string;
  sale_time: Date;
};

/**
 * The credit an order should have under each model version. Pure: the same evidence gives the same answer.
 * An order whose status is not countable under a version has none; credit of nothing at all is left out.
 */
export function decideCredits(evidence: Evidence, versions: ModelVersion[]): DecidedCredit[] {
  return versions
    .filter((version) => isCountable(evidence, version))
    .flatMap((version) =>
      models
        .get(version.model)!
        .credit(evidence, version.parameters)
        .filter(isSomething)
        .map((credit) => ({
          order_id: evidence.order_id,
          line_no: credit.line_no,
          campaign_id: credit.campaign_id,
          model_version_id: version.id,
          currency: evidence.currency,
          sale_time: evidence.sale_time,
          quantity_e4: credit.quantity_e4,
          revenue_minor: credit.revenue_minor,
          profit_minor: credit.profit_minor,
          matched_count: credit.matched_count,
        })),
    );
}

/** Whether the order's status carries credit under this version. */
export function isCountable(evidence: Evidence, version: ModelVersion): boolean {
  return version.countable_statuses.includes(evidence.status);
}

function isSomething(credit: Credit): boolean {
  return credit.quantity_e4 !== 0n || credit.revenue_minor !== 0n || (credit.profit_minor ?? 0n) !== 0n;
}
