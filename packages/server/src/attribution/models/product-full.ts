import type { Model } from '../../vocabulary/credit.ts';

/** Every campaign that ran for the product at the sale gets the whole line. Shows reach; does not add up. */
export const productFull: Model = {
  name: 'product_full',
  conserving: false,
  divides: 'lines',
  defaults: {},
  credit: ({ lines }) =>
    lines.flatMap(({ line_no, quantity_e4, revenue_minor, profit_minor, matches }) =>
      matches.map(({ campaign_id }) => ({
        line_no,
        campaign_id,
        quantity_e4,
        revenue_minor,
        profit_minor,
        matched_count: matches.length,
      })),
    ),
};
