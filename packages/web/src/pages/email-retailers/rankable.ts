import type { EmailFigureName } from '../../email/email-figures.ts';

/** What retailers and regions can be ranked by. */
export const rankable = [
  'revenue',
  'sales',
  'average_order_value',
  'conversion_rate',
  'sent',
  'delivered',
  'delivery_rate',
  'opened',
  'open_rate',
  'clicked',
  'click_rate',
  'click_to_open_rate',
  'machine_opened',
  'machine_clicked',
  'bounced',
  'bounce_rate',
  'unsubscribed',
  'complained',
  'leads',
  'lead_value',
] as const satisfies EmailFigureName[];

export type Rankable = (typeof rankable)[number];
