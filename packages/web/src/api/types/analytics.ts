import type { Instant } from './campaign.ts';
import type { Change, Figures, VisitFigures } from './report.ts';

/** Visits by a kind; `share` is percent of all. */
export type VisitShare = { visits: number; share: number };

type WholeFigures = Figures & Omit<VisitFigures, 'visits'> & { total_visits: number };

export type Analytics = WholeFigures & {
  campaign_id: string;
  name: string;
  tier: string;
  currency: string;
  kept_apart: { bot: number; own_traffic: number; impossible_rate: number };
  devices: (VisitShare & { device_type: string | null })[];
  countries: (VisitShare & { country: string | null })[];
  channels: (VisitShare & { channel: string })[];
  previous?: WholeFigures;
  change?: Change & {
    total_visits: number | null;
    unique_visitors: number | null;
    conversions: number | null;
    cost_per_visit: number | null;
    cost_per_conversion: number | null;
  };
};

export type VisitTimelineRow = Figures & VisitFigures & { start: Instant; end: Instant; currency: string };
