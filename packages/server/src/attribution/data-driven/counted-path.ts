/**
 * A path that one or many customers took: the campaigns they touched, in the order of time, repeats included, and how
 * often it ended in an order and how often in none.
 */
export type CountedPath = {
  campaign_ids: string[];
  /** How often it converted; need not be whole. */
  conversions: number;
  /** How often it ended without a conversion. */
  lapses: number;
};
