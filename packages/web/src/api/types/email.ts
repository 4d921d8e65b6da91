import type { Instant } from './campaign.ts';
import type { ReportMeta } from './report.ts';

/** How many sends came how far, each once; opens and clicks by people, and by machines only. */
export type MailCounts = {
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  machine_opened: number;
  machine_clicked: number;
  bounced: number;
  failed: number;
  complained: number;
  unsubscribed: number;
};

/** Percent; null is a division by zero. */
type MailRates = {
  delivery_rate: number | null;
  open_rate: number | null;
  click_rate: number | null;
  click_to_open_rate: number | null;
  machine_open_rate: number | null;
  machine_click_rate: number | null;
  bounce_rate: number | null;
  unsubscribe_rate: number | null;
};

type SaleFigures = {
  sales: number;
  conversion_rate: number | null;
  revenue: number;
  average_order_value: number | null;
  leads: number;
  signups: number;
  demo_requests: number;
  lead_value: number;
};

/** Null to who sees only their own sales. */
type ReturnFigures = { spend: number | null; roi: number | null; roas: number | null; tier: string | null };

export type EmailFigures = MailCounts & MailRates & SaleFigures & ReturnFigures & { retailers: number };
type FiguresOfSome = Omit<EmailFigures, keyof ReturnFigures>;

/** The model is `claims`, without a version, where none is asked for. */
export type EmailMeta = Omit<ReportMeta, 'model_version'> & { model_version: number | null };

export type MailedCampaign = EmailFigures & {
  rank: number;
  campaign_id: string;
  name: string;
  platform: string;
  status: string;
  tracking_code: string;
  starts_at: Instant;
  ends_at: Instant | null;
  budget_allocated: number | null;
  email_campaigns: number;
  currency: string;
};
export type EmailTotals = EmailFigures & { currency: string };
export type EmailSummaryMeta = EmailMeta & { row_count: number; totals: EmailTotals };

export type FunnelStep = {
  step: 'sent' | 'delivered' | 'opened' | 'clicked' | 'converted';
  count: number;
  of_previous: number | null;
  of_first: number | null;
  /** What machines alone did; null where they cannot. */
  machines: number | null;
};

export type EmailTimelineRow = Pick<
  EmailFigures,
  'sent' | 'delivered' | 'opened' | 'clicked' | 'bounced' | 'unsubscribed' | 'sales' | 'revenue'
> & { start: Instant; end: Instant; currency: string };

export type RetailerRow = Omit<FiguresOfSome, 'retailers'> & {
  rank: number;
  /** Null for a retailer that orders name and nobody entered. */
  partner_id: string | null;
  name: string;
  region: string | null;
  currency: string;
};
export type RetailersMeta = EmailMeta & {
  row_count: number;
  without_retailer: Omit<FiguresOfSome, 'retailers'>;
};

export type RegionRow = FiguresOfSome & { rank: number; name: string | null; currency: string };

export type CategoryRow = Omit<SaleFigures, 'conversion_rate'> & {
  rank: number;
  name: string | null;
  currency: string;
};

export type OrderGroup = {
  group: 'email' | 'other_campaigns' | 'no_campaign';
  orders: number;
  order_share: number | null;
  revenue: number;
  revenue_share: number | null;
  average_order_value: number | null;
  currency: string;
};

/** A mailing beside the one of the best rate. */
export type SubjectRow = MailCounts &
  MailRates & {
    rank: number;
    email_campaign_id: string;
    campaign_id: string;
    subject: string;
    sent_at: Instant | null;
    retailers: number;
    /** From the first's rate, in percentage points; null for the first itself. */
    difference: number | null;
    p_value: number | null;
    is_significant: boolean | null;
  };

export type Mailing = MailCounts & {
  id: string;
  campaign_id: string;
  external_id: string | null;
  subject: string;
  sender_email: string;
  sender_name: string | null;
  sent_at: Instant | null;
  recipients: number | null;
  created_at: Instant;
};

export const sendStatuses = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'bounced',
  'failed',
  'complained',
  'unsubscribed',
] as const;

type Span = { first: Instant; last: Instant } | null;

/** A mail to one recipient. */
export type Send = {
  id: string;
  email_campaign_id: string;
  recipient_email: string | null;
  recipient_name: string | null;
  partner_id: string | null;
  provider: string | null;
  message_id: string | null;
  status: (typeof sendStatuses)[number];
  sent_at: Instant;
  delivered: Span;
  opened: Span;
  clicked: Span;
  machine_opened: Span;
  machine_clicked: Span;
  bounced: Span;
  failed: Span;
  complained: Span;
  unsubscribed: Span;
  failure_reason: string | null;
};

export type SendEvent = {
  id: string;
  kind: string;
  occurred_at: Instant;
  provider: string;
  url: string | null;
  user_agent: string | null;
  /** Why it is taken for a machine's. */
  machine: string | null;
  reason: string | null;
  received_at: Instant;
};

export type SendWithEvents = Send & { events: SendEvent[] };
