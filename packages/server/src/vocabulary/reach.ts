import type { Period } from './period.ts';

/** Which sales a change of history can touch: those of these products (all when absent) within the span. */
export type Span = {
  from: Date | null;
  to: Date | null;
  product_ids?: string[];
};

/** A campaign's history as it would be after a change: asked before it is made. */
export type Hypothesis = {
  campaign_id: string;
  running_periods: Period[];
  targets: { product_id: string; period: Period }[];
};

/** What a change would move, under every model that is kept; nothing has been posted or locked to find out. */
export type Reach = {
  orders: number;
  moved: {
    model: string;
    currency: string;
    /** Sum of the absolute differences, so that credit going from one campaign to another shows. */
    revenue_minor: bigint;
    campaigns: {
      campaign_id: string;
      before_minor: bigint;
      after_minor: bigint;
    }[];
  }[];
};

/** Answers what a hypothesis would move among the sales of a span; `jobs/` provides it to the rooms above it. */
export type PreviewReach = (hypothesis: Hypothesis, span: Span) => Promise<Reach>;
