import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { EmailQuestion } from '../email/use-email-question.ts';
import type { Interval } from '../format/time.ts';
import type { UrlState } from '../url-state.ts';
import { ask } from './ask.ts';
import { askAll } from './ask-all.ts';
import { type Narrowing, report } from './reports.ts';
import type {
  CategoryRow,
  EmailMeta,
  EmailSummaryMeta,
  EmailTimelineRow,
  FunnelStep,
  MailedCampaign,
  Mailing,
  OrderGroup,
  RegionRow,
  RetailerRow,
  RetailersMeta,
  Send,
  SendWithEvents,
  SubjectRow,
} from './types/email.ts';

const mostRows = 5_000;

// Reports of mailings go by sale time and compare nothing; without a model they show what sources claim.
function emailReport<Data, Meta extends EmailMeta = EmailMeta>(
  name: string,
  question: EmailQuestion,
  narrowing: Narrowing = {},
) {
  const model = question.claimed ? undefined : question.model;
  return report<Data, Meta>(`/reports/email/${name}`, question, {
    ...narrowing,
    model,
    basis: undefined,
    compare: undefined,
  });
}

/** Which campaigns: one, those with the status now, those that have a mailing at all. */
export type MailNarrowing = { campaign_id?: string; status?: string; mailed?: boolean };

/** What each campaign mailed, sold, cost and returned. */
export function emailSummaryReport(question: EmailQuestion, narrowing: MailNarrowing) {
  return emailReport<MailedCampaign[], EmailSummaryMeta>('summary', question, {
    ...narrowing,
    limit: mostRows,
  });
}

export function emailFunnelReport(question: EmailQuestion, narrowing: MailNarrowing) {
  return emailReport<FunnelStep[]>('funnel', question, narrowing);
}

export function emailTimelineReport(
  question: EmailQuestion,
  narrowing: MailNarrowing & { interval: Interval },
) {
  return emailReport<EmailTimelineRow[]>('timeline', question, narrowing);
}

export function emailCategoriesReport(question: EmailQuestion, narrowing: MailNarrowing) {
  return emailReport<CategoryRow[]>('categories', question, { ...narrowing, limit: mostRows });
}

/** Mailings by the rate, the best first; each is tested against the best. */
export function subjectsReport(
  question: EmailQuestion,
  narrowing: MailNarrowing & { by: 'open_rate' | 'click_rate' },
) {
  return emailReport<SubjectRow[]>('subjects', question, { ...narrowing, limit: mostRows });
}

/** Orders that a mail led to, and all others, whatever campaigns they are of. */
export function emailOrdersReport(question: EmailQuestion) {
  return emailReport<OrderGroup[]>('orders', question);
}

/** Retailers by a figure, the highest first. */
export function retailersReport(
  question: EmailQuestion,
  narrowing: MailNarrowing & { sort: string; region?: string },
) {
  return emailReport<RetailerRow[], RetailersMeta>('retailers', question, { ...narrowing, limit: mostRows });
}

export function regionsReport(question: EmailQuestion, narrowing: MailNarrowing) {
  return emailReport<RegionRow[]>('regions', question, { ...narrowing, limit: mostRows });
}

export function mailingsQuery(campaignId: string) {
  return queryOptions({
    queryKey: ['campaign', campaignId, 'mailings'],
    queryFn: ({ signal }) => askAll<Mailing>(`/campaigns/${campaignId}/email-campaigns`, {}, signal),
  });
}

/** The recipients of a mailing in the order they were mailed, through the filters of the address, 200 at a time. */
export function sendsQuery(mailingId: string, { send_status, recipient }: UrlState) {
  const query = { status: send_status, recipient, limit: 200 };
  return infiniteQueryOptions({
    queryKey: ['sends', mailingId, query],
    queryFn: ({ pageParam, signal }) =>
      ask<Send[], { next_cursor: string | null }>(`/email-campaigns/${mailingId}/sends`, {
        query: { ...query, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ meta }) => meta.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** What became of one mail, event by event. */
export function sendQuery(mailingId: string, sendId: string) {
  return queryOptions({
    queryKey: ['send', sendId],
    queryFn: async ({ signal }) =>
      (await ask<SendWithEvents>(`/email-campaigns/${mailingId}/sends/${sendId}`, { signal })).data,
  });
}
