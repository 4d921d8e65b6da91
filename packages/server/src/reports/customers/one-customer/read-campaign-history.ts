import { sql } from 'kysely';
import { type Database, inSnapshot } from '../../../database/index.ts';
import type { Minor } from '../../../vocabulary/money.ts';
import type { QuantityE4 } from '../../../vocabulary/quantity.ts';
import { type CustomerQuestion, resolveCustomer } from './resolve-customer.ts';

/** A campaign that a customer had to do with: by visits, by credit of their orders, or both. */
export type CampaignContact = {
  campaign_id: string;
  name: string;
  platform: string;
  first_at: Date;
  last_at: Date;
  visits: number;
  /** Orders that the campaign holds credit of, and that credit; no currency where it holds none. */
  orders: number;
  units_e4: QuantityE4;
  revenue_minor: Minor;
  currency: string | null;
  is_acquiring: boolean;
};

/**
 * The campaigns a customer had to do with, the first contact first: visits in sessions that are theirs by the latest
 * identification, and credit of their orders under the model, a row for each currency.
 *
 * @throws not_found for the customer; invalid for the model
 */
export async function readCampaignHistory(
  db: Database,
  customerId: string,
  model: string | undefined,
): Promise<{ question: CustomerQuestion; contacts: CampaignContact[] }> {
  return await inSnapshot(db, async (snapshot) => {
    const question = await resolveCustomer(snapshot, customerId, model);
    return { question, contacts: await readContacts(snapshot, question) };
  });
}

async function readContacts(
  db: Database,
  { person_id, customer_ids, model }: CustomerQuestion,
): Promise<CampaignContact[]> {
  const { rows } = await sql<CampaignContact>`
    with theirs as (
      select known.session_id
        from customer_sessions known
       where known.customer_id = any(${customer_ids}::uuid[])
         and not exists (
           select from session_customers later
            where later.session_id = known.session_id and later.identified_at > known.identified_at
              and later.customer_id <> all(${customer_ids}::uuid[]))
      union
      select session_id from orders
       where customer_id = any(${customer_ids}::uuid[]) and session_id is not null
    ),
    visited as (
      select campaign_id, min(clicked_at) as first_at, max(clicked_at) as last_at, count(*)::int as visits
        from clicks
       where session_id in (select session_id from theirs) and campaign_id is not null
         and counted
       group by campaign_id
    ),
    held as (
      select e.campaign_id, e.order_id, placed.currency, placed.sale_time, sum(e.quantity_e4) as quantity_e4,
             sum(e.revenue_minor) as revenue_minor
        from customer_orders placed
        join credit_entries e on e.order_id = placed.order_id and e.model_version_id = placed.model_version_id
       where placed.person_id = ${person_id} and placed.model_version_id = ${model.id}
       group by e.campaign_id, e.order_id, placed.currency, placed.sale_time
      having sum(e.revenue_minor) <> 0 or sum(e.quantity_e4) <> 0
    ),
    credited as (
      select campaign_id, currency, min(sale_time) as first_at, max(sale_time) as last_at, count(*)::int as orders,
             sum(quantity_e4)::bigint as units_e4, sum(revenue_minor)::bigint as revenue_minor
        from held group by campaign_id, currency
    )
    select c.id as campaign_id, c.name, c.platform,
           least(visited.first_at, credited.first_at) as first_at,
           greatest(visited.last_at, credited.last_at) as last_at,
           coalesce(visited.visits, 0) as visits, coalesce(credited.orders, 0) as orders,
           coalesce(credited.units_e4, 0)::bigint as units_e4,
           coalesce(credited.revenue_minor, 0)::bigint as revenue_minor, credited.currency,
           exists (
             select from customer_orders
              where person_id = ${person_id} and model_version_id = ${model.id} and is_acquiring and campaign_id = c.id
           ) as is_acquiring
      from visited
      full join credited using (campaign_id)
      join campaigns c on c.id = campaign_id
     where c.channel is null
     order by first_at, c.id, credited.currency`.execute(db);
  return rows;
}
