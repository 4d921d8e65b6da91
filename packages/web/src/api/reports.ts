import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Interval } from '../format/time.ts';
import { type Question, reportQueryOf } from '../question/use-question.ts';
import { ask } from './ask.ts';
import type {
  Analytics,
  CampaignComparison,
  Conversion,
  ConversionPath,
  OverlappingPair,
  PathSummary,
  VisitTimelineRow,
} from './types/analytics.ts';
import type {
  CampaignSummary,
  CreditedOrder,
  CreditedProduct,
  CustomersMeta,
  CustomersRow,
  Health,
  LeaderboardMeta,
  LeaderboardRow,
  Overview,
  ReportMeta,
  TimelineMeta,
  TimelineRow,
} from './types/report.ts';

/** What narrows a report beyond its question, or answers it otherwise. */
export type Narrowing = Record<string, string | number | boolean | undefined>;

/** Asks a report. What was there before stays until the new answer comes: a filter changes figures, it does not blank the page. */
export function report<Data, Meta extends Pick<ReportMeta, 'pending_settlements'>>(
  path: string,
  question: Question,
  narrowing: Narrowing = {},
) {
  const query: Narrowing = { ...reportQueryOf(question), ...narrowing };
  return queryOptions({
    queryKey: ['report', path, query],
    queryFn: ({ signal }) => ask<Data, Meta>(path, { query, signal }),
    placeholderData: keepPreviousData,
    // While orders wait to be settled the figures are about to move.
    refetchInterval: ({ state }) => ((state.data?.meta.pending_settlements ?? 0) > 0 ? 3000 : false),
  });
}

export function overviewReport(question: Question) {
  return report<Overview, ReportMeta>('/reports/overview', question, { limit: 8 });
}

export function leaderboardReport(question: Question, narrowing: Narrowing = {}) {
  return report<LeaderboardRow[], LeaderboardMeta>('/reports/leaderboard', question, {
    limit: 1000,
    ...narrowing,
  });
}

/** Of one campaign, or of all. */
export function timelineReport(
  question: Question,
  { campaignId, ...narrowing }: { campaignId?: string; interval: Interval; include_children?: boolean },
) {
  const path = campaignId === undefined ? '/reports/timeline' : `/campaigns/${campaignId}/reports/timeline`;
  return report<TimelineRow[], TimelineMeta>(path, question, { order: 'asc', ...narrowing });
}

/** Whom campaigns acquired: a row for each campaign, or for each month. */
export function customersReport(
  question: Question,
  { by, ...narrowing }: { by: 'campaign' | 'month'; platform?: string | undefined },
) {
  // Customers are acquired at a sale: as booked there is no such report.
  return report<CustomersRow[], CustomersMeta>(
    '/reports/customers',
    { ...question, basis: 'sale' },
    {
      by,
      limit: 1000,
      ...narrowing,
    },
  );
}

export function healthReport(question: Question) {
  return report<Health & { previous?: Health }, ReportMeta>('/reports/health', question);
}

export function summaryReport(question: Question, campaignId: string, include_children: boolean) {
  return report<CampaignSummary, ReportMeta>(`/campaigns/${campaignId}/reports/summary`, question, {
    include_children,
  });
}

/** Who visited by a campaign, and what came of it. */
export function analyticsReport(question: Question, campaignId: string, include_children: boolean) {
  return report<Analytics, ReportMeta>(`/campaigns/${campaignId}/analytics`, question, { include_children });
}

/** The latest 500 orders that a campaign is credited with, and the touches that led to them. */
export function conversionsReport(question: Question, campaignId: string, include_children: boolean) {
  return report<Conversion[], ReportMeta & { next_cursor: string | null }>(
    `/campaigns/${campaignId}/conversions`,
    question,
    { include_children, limit: 500, compare: undefined },
  );
}

export function visitTimelineReport(
  question: Question,
  campaignId: string,
  narrowing: { interval: Interval; include_children: boolean },
) {
  return report<VisitTimelineRow[], ReportMeta>(`/campaigns/${campaignId}/timeline`, question, {
    ...narrowing,
    order: 'asc',
    compare: undefined,
  });
}

/** Of two campaigns or more. */
export function campaignComparison(question: Question, ids: string[]) {
  return report<CampaignComparison, ReportMeta>('/campaigns/compare', question, {
    ids: ids.join(','),
    compare: undefined,
  });
}

export function pathsReport(question: Question) {
  return report<ConversionPath[], ReportMeta & { summary: PathSummary }>('/reports/paths', question, byOrder);
}

export function overlapReport(question: Question) {
  return report<OverlappingPair[], ReportMeta>('/reports/touch-overlap', question, byOrder);
}

// Paths are those of orders by their own time, with nothing to compare.
const byOrder = { basis: undefined, compare: undefined, limit: 200 };

export function creditedProductsReport(question: Question, campaignId: string, include_children: boolean) {
  return report<CreditedProduct[], ReportMeta & { row_count: number }>(
    `/campaigns/${campaignId}/reports/products`,
    question,
    { include_children, limit: 1000 },
  );
}

export function creditedOrdersReport(question: Question, campaignId: string, include_children: boolean) {
  return report<CreditedOrder[], ReportMeta & { next_cursor: string | null }>(
    `/campaigns/${campaignId}/reports/orders`,
    question,
    { include_children, limit: 500 },
  );
}
