import type { Model } from '../../vocabulary/credit.ts';
import { shareExactly } from '../../vocabulary/share-exactly.ts';

/** The line is divided equally among the campaigns that ran for the product at the sale, to the last cent. */
export const productSplit: Model = {
  name: 'product_split',
  conserving: true,
  divides: 'lines',
  defaults: {},
  credit: ({ lines }) =>
    lines.flatMap(({ line_no, quantity_e4, revenue_minor, profit_minor, matches }) => {
      const equalClaims = matches.map(({ campaign_id }) => ({ key: campaign_id, weight: 1n }));
      const quantities = shareExactly(quantity_e4, equalClaims);
      const revenues = shareExactly(revenue_minor, equalClaims);
      const profits = profit_minor === null ? null : shareExactly(profit_minor, equalClaims);
      return matches.map(({ campaign_id }, place) => ({
        line_no,
        campaign_id,
        quantity_e4: quantities[place]!.part,
        revenue_minor: revenues[place]!.part,
        profit_minor: profits === null ? null : profits[place]!.part,
        matched_count: matches.length,
      }));
    }),
};
