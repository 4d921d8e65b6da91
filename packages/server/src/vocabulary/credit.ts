import type { Period } from './period.ts';

/** What one order line is worth to whoever earned it, after discounts and refunds. */
export type LineValue = {
  line_no: number;
  quantity_e4: bigint;
  revenue_minor: bigint;
  /** Null when the cost is unknown: unknown cost is unknown profit. */
  profit_minor: bigint | null;
};

/** A campaign that ran for the line's product at the moment of the sale, by the periods that say so. */
export type Match = { campaign_id: string; running: Period; target: Period };

/** Everything a model may look at. Lists of campaigns stand in order of precedence: created first, then smaller id. */
export type Evidence = {
  order_id: string;
  currency: string;
  status: string;
  sale_time: Date;
  lines: (LineValue & { product_id: string; matches: Match[] })[];
};

/** What a campaign should hold of a line under a model. Line 0 stands for shipping and tax. */
export type Credit = LineValue & { campaign_id: string; matched_count: number };

/** A rule that turns evidence into credit: pure, without clock or database. */
export type Model = {
  name: string;
  /** Whether the credits of a line add up to it. FULL credit shows reach and does not. */
  conserving: boolean;
  credit(evidence: Evidence): Credit[];
};
