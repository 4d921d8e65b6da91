import { z } from 'zod';
import { divideRounded, formatMoney, type Minor } from '../../../vocabulary/money.ts';
import { percentE2, ratioE4, returnOn, tierOf } from '../../figures.ts';
import { percent, ratio } from '../../show/show-figures.ts';
import { type LeadSums, noLeads } from '../facts/leads.ts';
import { type MailCounts, noMail } from '../facts/mail-counts.ts';
import { noSales, type SaleSums } from '../facts/sales.ts';

const rate = (description: string) =>
  z
    .number()
    .nullable()
    .meta({ description: `${description} × 100` });

/** Sends, each once, opens and clicks by people; and the rates of them. */
export const mailData = {
  sent: z.int(),
  delivered: z.int(),
  opened: z.int().meta({ description: 'By people' }),
  clicked: z.int().meta({ description: 'By people' }),
  machine_opened: z.int().meta({ description: 'By machines only' }),
  machine_clicked: z.int().meta({ description: 'By machines only' }),
  bounced: z.int(),
  failed: z.int(),
  complained: z.int(),
  unsubscribed: z.int(),
  delivery_rate: rate('delivered / sent'),
  open_rate: rate('opened / delivered'),
  click_rate: rate('clicked / delivered'),
  click_to_open_rate: rate('clicked / opened'),
  machine_open_rate: rate('machine_opened / delivered'),
  machine_click_rate: rate('machine_clicked / delivered'),
  bounce_rate: rate('bounced / sent'),
  unsubscribe_rate: rate('unsubscribed / delivered'),
};

/** What was sold, and what may be yet. */
export const saleData = {
  sales: z.int().meta({ description: 'Distinct orders and CRM sales' }),
  conversion_rate: rate('sales / clicked'),
  revenue: z.number(),
  average_order_value: z.number().nullable().meta({ description: 'revenue / sales' }),
  leads: z.int(),
  signups: z.int(),
  demo_requests: z.int(),
  lead_value: z
    .number()
    .meta({ description: 'What leads, sign-ups and demo requests are worth; no revenue' }),
};

export const returnData = {
  spend: z.number().nullable().meta({ description: 'Null to who sees only their own sales' }),
  roi: rate('(revenue − spend) / spend'),
  roas: z.number().nullable().meta({ description: 'revenue / spend' }),
  tier: z.string().nullable(),
};

export type MailFacts = { mail?: MailCounts; sales?: SaleSums; leads?: LeadSums };

export function showMail({ mail = noMail }: MailFacts) {
  const { retailers: _, ...counts } = mail;
  const of = (part: number, whole: number) => percent(percentE2(BigInt(part), BigInt(whole)));
  return {
    ...counts,
    delivery_rate: of(mail.delivered, mail.sent),
    open_rate: of(mail.opened, mail.delivered),
    click_rate: of(mail.clicked, mail.delivered),
    click_to_open_rate: of(mail.clicked, mail.opened),
    machine_open_rate: of(mail.machine_opened, mail.delivered),
    machine_click_rate: of(mail.machine_clicked, mail.delivered),
    bounce_rate: of(mail.bounced, mail.sent),
    unsubscribe_rate: of(mail.unsubscribed, mail.delivered),
  };
}

export function showSales({ mail = noMail, sales = noSales, leads = noLeads }: MailFacts, currency: string) {
  const { lead_value_minor, ...counted } = leads;
  return {
    sales: sales.sales,
    conversion_rate: percent(percentE2(BigInt(sales.sales), BigInt(mail.clicked))),
    revenue: formatMoney(sales.revenue_minor, currency),
    average_order_value:
      sales.sales === 0
        ? null
        : formatMoney(divideRounded(sales.revenue_minor, BigInt(sales.sales)), currency),
    ...counted,
    lead_value: formatMoney(lead_value_minor, currency),
  };
}

/** @param spend_minor null to who may not know it */
export function showReturn({ revenue_minor }: SaleSums, spend_minor: Minor | null, currency: string) {
  return {
    spend: spend_minor === null ? null : formatMoney(spend_minor, currency),
    roi: percent(returnOn(revenue_minor, spend_minor)),
    roas: ratio(ratioE4(revenue_minor, spend_minor)),
    tier: spend_minor === null ? null : tierOf({ revenue_minor, spend_minor }),
  };
}
