import type { Match } from '../vocabulary/credit.ts';
import { contains, type Period } from '../vocabulary/period.ts';

/** When a campaign ran, and when it targeted which product; `created_at` orders campaigns with equal claims. */
export type CampaignHistory = {
  campaign_id: string;
  created_at: Date;
  running_periods: Period[];
  targets: { product_id: string; period: Period }[];
};

/**
 * Prepares histories for many look-ups: by product, in order of precedence (created first, then smaller id).
 * @returns a function (product, instant) → the campaigns with a running period and a target that contain the instant
 */
export function matcher(histories: CampaignHistory[]): (productId: string, saleTime: Date) => Match[] {
  const byProduct = new Map<string, { history: CampaignHistory; target: Period }[]>();
  for (const history of [...histories].sort(byPrecedence)) {
    for (const { product_id, period } of history.targets) {
      const targets = byProduct.get(product_id) ?? [];
      targets.push({ history, target: period });
      byProduct.set(product_id, targets);
    }
  }
  return (productId, saleTime) =>
    (byProduct.get(productId) ?? []).flatMap(({ history, target }) => {
      if (!contains(target, saleTime)) return [];
      const running = history.running_periods.find((period) => contains(period, saleTime));
      return running === undefined ? [] : [{ campaign_id: history.campaign_id, running, target }];
    });
}

/** The campaign created first comes first; of two created at once, the smaller id. */
export function byPrecedence(
  a: { created_at: Date; campaign_id: string },
  b: { created_at: Date; campaign_id: string },
): number {
  return a.created_at.getTime() - b.created_at.getTime() || (a.campaign_id < b.campaign_id ? -1 : 1);
}
