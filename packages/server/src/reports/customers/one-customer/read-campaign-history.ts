import { sql } from 'kysely';
import { type Database, inSnapshot } from '../../../database/index.ts';
import type { Minor } from '../../../vocabulary/money.ts';
import type { QuantityE4 } from '../../../vocabulary/quantity.ts';
import { type CustomerQuestion, resolveCustomer } from './resolve-customer.ts';

/** A campaign that a customer had to do with: by touches, by credit of their orders, or both. */
export type CampaignContact = {
  campaign_id: string;
  name: string;
  platform: string;
  first_at: Date;
  last_at: Date;
  visits: number;
  /** In mails that went to them, or led to an order of theirs; by people. */
  email_clicks: number;
  /** Mails that were looked at and not clicked. */
  email_opens: number;
  /** Orders that the campaign holds credit of, and that credit; no currency where it holds none. */
  orders: number;
  units_e4: QuantityE4;
  revenue_minor: Minor;
  currency: string | null;
  is_acquiring: boolean;
};

/**
 * The campaigns a customer had to do with, the first contact first: visits in sessions that are theirs by the latest
 * identification, clicks in mails to them and looks at those, whatever else stands on the paths of their orders, and credit of these under
 * the model, a row for each currency.
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
    mails as (
      select event.id, event.send_id, event.kind, event.occurred_at, mailing.campaign_id
        from email_events event
        join email_sends send on send.recipient_hash = event.recipient_hash and send.id = event.send_id
        join email_campaigns mailing on mailing.id = send.email_campaign_id
       where event.recipient_hash in (select email_hash from customers where id = any(${customer_ids}::uuid[]))
         and event.kind in ('clicked', 'opened') and event.machine is null
    ),
    looks as (
      select distinct on (send_id) id, campaign_id, occurred_at
        from mails
       where send_id not in (select send_id from mails where kind = 'clicked')
       order by send_id, occurred_at desc, id
    ),
    touches as (
      select id, campaign_id, clicked_at as touched_at, 'visit' as kind
        from clicks
       where session_id in (select session_id from theirs) and counted
      union
      select id, campaign_id, occurred_at, 'email_click' from mails where kind = 'clicked'
      union
      select id, campaign_id, occurred_at, 'email_open' from looks
      union
      select t.touch_id, t.campaign_id, t.touched_at, t.kind
        from order_touches t
        join orders o on o.id = t.order_id
       where o.customer_id = any(${customer_ids}::uuid[]) and t.touch_id not in (select id from mails)
    ),
    touched as (
      select campaign_id, min(touched_at) as first_at, max(touched_at) as last_at,
             count(distinct id) filter (where kind = 'visit')::int as visits,
             count(distinct id) filter (where kind = 'email_click')::int as email_clicks,
             count(distinct id) filter (where kind = 'email_open')::int as email_opens
        from touches
       where campaign_id is not null
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
           least(touched.first_at, credited.first_at) as first_at,
           greatest(touched.last_at, credited.last_at) as last_at,
           coalesce(touched.visits, 0) as visits, coalesce(touched.email_clicks, 0) as email_clicks,
           coalesce(touched.email_opens, 0) as email_opens,
           coalesce(credited.orders, 0) as orders,
           coalesce(credited.units_e4, 0)::bigint as units_e4,
           coalesce(credited.revenue_minor, 0)::bigint as revenue_minor, credited.currency,
           exists (
             select from customer_orders
              where person_id = ${person_id} and model_version_id = ${model.id} and is_acquiring and campaign_id = c.id
           ) as is_acquiring
      from touched
      full join credited using (campaign_id)
      join campaigns c on c.id = campaign_id
     where c.channel is null
     order by first_at, c.id, credited.currency`.execute(db);
  return rows;
}
