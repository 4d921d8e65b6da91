import type { EmailFigures } from '../api/types/email.ts';
import { type FigureWords, formatUnit, formatUnitShort } from '../format/figures.ts';
import type { Column } from '../table/column.ts';

export type EmailFigureName = Exclude<keyof EmailFigures, 'tier'>;

/** Every figure of mailings once: what it is called, and what it is. */
export const emailFigures: Record<EmailFigureName, FigureWords> = {
  retailers: {
    label: 'Retailers',
    unit: 'count',
    definition: 'Partners that were mailed.',
    better: 'neither',
  },
  sent: { label: 'Sent', unit: 'count', definition: 'Mails sent in the range.', better: 'neither' },
  delivered: {
    label: 'Delivered',
    unit: 'count',
    definition: 'Sends that arrived; an open or a click proves it too.',
    better: 'more',
  },
  opened: {
    label: 'Opened',
    unit: 'count',
    definition: 'Sends that a person opened, each once.',
    better: 'more',
  },
  clicked: {
    label: 'Clicked',
    unit: 'count',
    definition: 'Sends in which a person clicked, each once.',
    better: 'more',
  },
  machine_opened: {
    label: 'Machine opens',
    unit: 'count',
    definition: 'Sends that only a machine opened, such as a privacy proxy. Not among the opened.',
    better: 'neither',
  },
  machine_clicked: {
    label: 'Machine clicks',
    unit: 'count',
    definition: 'Sends in which only a machine clicked, such as a security scanner. Not among the clicked.',
    better: 'neither',
  },
  bounced: { label: 'Bounced', unit: 'count', definition: 'Sends that came back.', better: 'less' },
  failed: { label: 'Failed', unit: 'count', definition: 'Sends that never went out.', better: 'less' },
  complained: {
    label: 'Complained',
    unit: 'count',
    definition: 'Sends that were reported as spam.',
    better: 'less',
  },
  unsubscribed: {
    label: 'Unsubscribed',
    unit: 'count',
    definition: 'Sends after which the recipient asked for no more.',
    better: 'less',
  },
  delivery_rate: {
    label: 'Delivery rate',
    unit: 'percent',
    definition: 'Delivered ÷ sent × 100.',
    better: 'more',
  },
  open_rate: {
    label: 'Open rate',
    unit: 'percent',
    definition: 'Opened by people ÷ delivered × 100.',
    better: 'more',
  },
  click_rate: {
    label: 'Click rate',
    unit: 'percent',
    definition: 'Clicked by people ÷ delivered × 100.',
    better: 'more',
  },
  click_to_open_rate: {
    label: 'Click to open',
    unit: 'percent',
    definition: 'Clicked ÷ opened × 100, by people.',
    better: 'more',
  },
  machine_open_rate: {
    label: 'Machine open rate',
    unit: 'percent',
    definition: 'Opened by machines only ÷ delivered × 100.',
    better: 'neither',
  },
  machine_click_rate: {
    label: 'Machine click rate',
    unit: 'percent',
    definition: 'Clicked by machines only ÷ delivered × 100.',
    better: 'neither',
  },
  bounce_rate: { label: 'Bounce rate', unit: 'percent', definition: 'Bounced ÷ sent × 100.', better: 'less' },
  unsubscribe_rate: {
    label: 'Unsubscribe rate',
    unit: 'percent',
    definition: 'Unsubscribed ÷ delivered × 100.',
    better: 'less',
  },
  sales: { label: 'Sales', unit: 'count', definition: 'Distinct orders and CRM sales.', better: 'more' },
  conversion_rate: {
    label: 'Conversion rate',
    unit: 'percent',
    definition: 'Sales ÷ clicked × 100.',
    better: 'more',
  },
  revenue: {
    label: 'Revenue',
    unit: 'money',
    definition: 'What the sales brought, each once, after discounts and refunds.',
    better: 'more',
  },
  average_order_value: {
    label: 'Average order',
    unit: 'money',
    definition: 'Revenue ÷ sales.',
    better: 'more',
  },
  leads: { label: 'Leads', unit: 'count', definition: 'Leads that the CRM reports.', better: 'more' },
  signups: { label: 'Sign-ups', unit: 'count', definition: 'Sign-ups that the CRM reports.', better: 'more' },
  demo_requests: {
    label: 'Demo requests',
    unit: 'count',
    definition: 'Demo requests that the CRM reports.',
    better: 'more',
  },
  lead_value: {
    label: 'Lead value',
    unit: 'money',
    definition: 'What leads, sign-ups and demo requests are worth by the CRM. It is no revenue.',
    better: 'more',
  },
  spend: {
    label: 'Spend',
    unit: 'money',
    definition: 'Spend entries dated in the range.',
    better: 'neither',
  },
  roi: {
    label: 'ROI',
    unit: 'percent',
    definition: '(revenue − spend) ÷ spend × 100; “–” without spend.',
    better: 'more',
  },
  roas: { label: 'ROAS', unit: 'ratio', definition: 'Revenue ÷ spend; “–” without spend.', better: 'more' },
};

/** A figure for a cell; its unit stands in the header. */
export function formatEmailFigure(
  name: EmailFigureName,
  value: number | null | undefined,
  currency: string,
): string {
  return formatUnit(emailFigures[name].unit, value, currency);
}

/** A figure by itself, with its unit, shortened where it is long. */
export function formatEmailFigureShort(
  name: EmailFigureName,
  value: number | null | undefined,
  currency: string,
): string {
  return formatUnitShort(emailFigures[name].unit, value, currency);
}

/** The column of a figure of mailings, with its unit in the header and its definition at hand. */
export function emailColumn<Row extends Partial<EmailFigures>>(
  name: EmailFigureName,
  currency: string,
  more: Partial<Column<Row>> = {},
): Column<Row> {
  const { label, unit, definition } = emailFigures[name];
  return {
    id: name,
    header: unit === 'money' ? `${label} (${currency})` : label,
    definition,
    numeric: true,
    value: (row) => row[name],
    cell: (row) => formatEmailFigure(name, row[name], currency),
    ...more,
  };
}
