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

/** Something a person did with a campaign before the sale: a visit by a tracked link, a click in an email, a look at one. */
export type Touch = {
  touch_id: string;
  kind: TouchKind;
  /** Null for an arrival without a campaign, and while no campaign has its code. */
  campaign_id: string | null;
  channel: string;
  /** The built-in campaign of that channel, which holds its credit where a model includes channels. */
  channel_campaign_id: string;
  session_id: string | null;
  touched_at: Date;
  last_activity_at: Date;
  /** From then on it is dead to models that count by the visit window. */
  expires_at: Date;
};

export const touchKinds = ['visit', 'email_click', 'email_open'] as const;
export type TouchKind = (typeof touchKinds)[number];

/** Everything a model may look at. Lists of campaigns stand in order of precedence: created first, then smaller id. */
export type Evidence = {
  order_id: string;
  currency: string;
  status: string;
  sale_time: Date;
  lines: (LineValue & { product_id: string; matches: Match[] })[];
  /** Line 0: shipping and tax, or all of an order that came without lines. Product models leave it alone. */
  rest: LineValue;
  /** Every touch up to the sale in the order of time, dead ones too, by the visit window in days it was folded with. */
  paths: ReadonlyMap<number, Touch[]>;
  /** The campaigns of the paths and of the claim, in order of precedence. */
  precedence: string[];
  /** The campaign that the source claims for the order. */
  reported_campaign_id: string | null;
};

/** The touch that an order is credited to by last touch; both null where nobody touched it. */
export type LastTouch = { campaign_id: string | null; visit_id: string | null };

/** What a campaign should hold of a line under a model. Line 0 stands for shipping and tax. */
export type Credit = LineValue & { campaign_id: string; matched_count: number };

/** A touch that a model looked at, with who would hold its credit. */
export type WeighedTouch = {
  touch_id: string;
  campaign_id: string;
  /** An integer ≥ 0, in proportion to those of the other touches of the path. */
  weight: bigint;
};

/** What a version of a model was set to; each model reads those it knows. */
export type ModelParameters = {
  /** A visit counts while the sale lies within this many days of its last activity. */
  visit_window_days?: number;
  /** In place of the window: a visit counts when it was clicked at most this many days before the sale. */
  click_days?: number;
  /** Something seen and not clicked counts when that was at most this many days before the sale. */
  view_days?: number;
  /** The kinds of touches that count. */
  touches?: TouchKind[];
  /** Whether arrivals without a campaign count, their credit held by the campaign of their channel. */
  channels?: boolean;
  first_percent?: number;
  last_percent?: number;
  half_life_days?: number;
  /** Data-driven models: what each campaign is worth in a path, in millionths. */
  weights_e6?: Record<string, number>;
  /** Data-driven models: the run that learned it; absent before the first. */
  run_id?: string;
};

/** A rule that turns evidence into credit: pure, without clock or database. */
export type Model = {
  name: string;
  /** Whether the credits of a line add up to it. FULL credit shows reach and does not. */
  conserving: boolean;
  /** What it divides: the product lines one by one, or the whole order with shipping and tax. */
  divides: 'lines' | 'order';
  /** Whether its parameters are learned from paths instead of being set. */
  learned?: boolean;
  /** Set of every version unless given otherwise. */
  defaults: ModelParameters;
  credit(evidence: Evidence, parameters: ModelParameters): Credit[];
  /** What each touch that counts weighs, in the order of the path; absent where it is not touches that are credited. */
  weigh?(evidence: Evidence, parameters: ModelParameters): WeighedTouch[];
};
