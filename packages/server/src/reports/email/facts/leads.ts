import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { isOneOfRetailers } from '../../../partners/index.ts';
import type { EmailQuestion } from '../ask/answer-email-report.ts';
import { partnerOfSale, within } from './sales.ts';

/** Leads, sign-ups and demo requests: how many, and what their source says they are worth. No revenue. */
export type LeadSums = { leads: number; signups: number; demo_requests: number; lead_value_minor: bigint };

export const noLeads: LeadSums = { leads: 0, signups: 0, demo_requests: 0, lead_value_minor: 0n };

// biome-ignore format: a table is read by its columns
const keyOf: Record<LeadGroup, RawBuilder<unknown>> = {
  campaign: sql`sale.campaign_id::text`,
  retailer: sql`coalesce(partner.id::text, 'name:' || btrim(sale.retailer), '')`,
  region:   sql`coalesce(partner.region, '')`,
  category: sql`coalesce(sale.product_category, '')`,
};
export type LeadGroup = 'campaign' | 'retailer' | 'region' | 'category';

/** Sums what is no sale yet of the question's campaigns in its range. */
export async function readLeads(
  db: Database,
  question: EmailQuestion,
  group: LeadGroup,
): Promise<Map<string, LeadSums>> {
  const { campaigns, currency, retailers } = question;
  const theirs = retailers === undefined ? sql`true` : isOneOfRetailers(sql`sale.retailer`, retailers);
  const { rows } = await sql<{ key: string } & LeadSums>`
    select ${keyOf[group]} as key,
           count(*) filter (where sale.kind = 'lead')::int as leads,
           count(*) filter (where sale.kind = 'signup')::int as signups,
           count(*) filter (where sale.kind = 'demo_request')::int as demo_requests,
           coalesce(sum(sale.value_minor), 0)::bigint as lead_value_minor
      from conversions sale
      ${partnerOfSale}
     where sale.kind <> 'sale' and not sale.withdrawn and sale.currency = ${currency} and ${theirs}
       and sale.campaign_id = any(${campaigns.map(({ campaign_id }) => campaign_id)}::uuid[])
       and ${within(question, sql`sale.converted_at`)}
     group by 1`.execute(db);
  return new Map(rows.map(({ key, ...sums }) => [key, sums]));
}

/** Leads of several groups together: each is in one. */
export function addLeads(groups: Iterable<LeadSums>): LeadSums {
  const sum = { ...noLeads };
  for (const { leads, signups, demo_requests, lead_value_minor } of groups) {
    sum.leads += leads;
    sum.signups += signups;
    sum.demo_requests += demo_requests;
    sum.lead_value_minor += lead_value_minor;
  }
  return sum;
}
