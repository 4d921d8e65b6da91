import { formatMoney } from '../../vocabulary/money.ts';
import type { PreviewReach, Reach } from '../../vocabulary/reach.ts';
import type { Campaign, History } from '../campaign.ts';
import { reachedSpan } from './reached-span.ts';

/** What a change would move, as the API shows it: amounts are decimals of their currency. */
export type Preview = {
  dry_run: true;
  would: {
    orders: number;
    moved: {
      model: string;
      currency: string;
      revenue: number;
      campaigns: { campaign_id: string; before: number; after: number }[];
    }[];
  };
};

/** Answers what a change of history would move, from the same plan that would be written. Nothing is locked. */
export async function previewChange(
  previewReach: PreviewReach,
  campaign: Campaign,
  after: History,
): Promise<Preview> {
  const span = reachedSpan(campaign, after);
  if (span === undefined) return { dry_run: true, would: { orders: 0, moved: [] } };
  const hypothesis = {
    campaign_id: campaign.id,
    running_periods: after.running_periods,
    targets: after.targets.map(({ product_id, period }) => ({ product_id, period })),
  };
  return { dry_run: true, would: inDecimals(await previewReach(hypothesis, span)) };
}

function inDecimals({ orders, moved }: Reach): Preview['would'] {
  return {
    orders,
    moved: moved.map(({ model, currency, revenue_minor, campaigns }) => ({
      model,
      currency,
      revenue: formatMoney(revenue_minor, currency),
      campaigns: campaigns.map(({ campaign_id, before_minor, after_minor }) => ({
        campaign_id,
        before: formatMoney(before_minor, currency),
        after: formatMoney(after_minor, currency),
      })),
    })),
  };
}
