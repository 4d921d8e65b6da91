-- What a CRM says was won: sales, which are orders, and leads and sign-ups, which are not revenue.

-- Files may hold sends and conversions.
alter table imports drop constraint imports_kind;
alter table imports add constraint imports_kind
  check (kind in ('products', 'customers', 'orders', 'spend', 'sends', 'conversions'));

create table conversions (
  -- Derived from source and external id.
  id uuid constraint conversions_pk primary key,
  source text not null,
  external_id text not null,
  received_via text not null,
  kind text not null constraint conversions_kind check (kind in ('sale', 'lead', 'signup', 'demo_request')),
  -- Null where the source gives it no value; a sale has one.
  value_minor bigint constraint conversions_value check (value_minor >= 0 and (kind <> 'sale' or value_minor is not null)),
  currency text not null,
  converted_at timestamptz not null,
  -- The source's own version; an older one than the one held is ignored.
  updated_at timestamptz,
  -- The source took it back: it counts for nothing.
  withdrawn boolean not null,
  product_category text,
  campaign_id uuid,
  -- As it was told; found by it while no campaign is known.
  reported_campaign text,
  retailer text,
  send_id uuid,
  customer_id uuid,
  -- Of a sale: the order it is, or will be when its shop tells of it.
  order_id uuid,
  -- Whether the source named the order; else it is one without lines, made of the conversion.
  names_order boolean not null,
  payload_hash bytea not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index conversions_by_campaign on conversions (campaign_id, converted_at);
create index conversions_by_time on conversions (converted_at, id);
create index conversions_by_order on conversions (order_id) where order_id is not null;

-- What HubSpot tells of deals, a property an event: the latest of each.
create table hubspot_properties (
  portal_id bigint not null,
  deal_id bigint not null,
  property text not null,
  value text,
  occurred_at timestamptz not null,
  -- Of two at one instant the greater event is the later.
  event_id bigint not null,
  constraint hubspot_properties_pk primary key (portal_id, deal_id, property)
);

create index orders_by_claim on orders (reported_campaign, ordered_at) where reported_campaign is not null;
create index orders_by_retailer on orders (lower(btrim(retailer)), ordered_at) where retailer is not null;

alter table conversions add constraint conversions_campaign_fk foreign key (campaign_id) references campaigns (id);

-- ── for analysts ────────────────────────────────────────────────────────────────────────────────────────────────

-- The campaign that a source means: by our id, tracking code, id at the ad platform or name, in this order; a word that
-- could mean several means none.
create function reporting.campaign_meant(word text) returns uuid
  language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$
    select case when count(*) = 1 then (array_agg(meant.id))[1] end
      from (
        select found.id, found.way, min(found.way) over () as best
          from (
            select id, 1 as way from campaigns where id::text = lower(word) and channel is null
            union all
            select id, 2 from campaigns where lower(tracking_code) = lower(word) and channel is null
            union all
            select id, 3 from campaigns where metadata ->> 'external_id' = word and channel is null
            union all
            select id, 4 from campaigns where name = word and channel is null
          ) found
      ) meant
     where meant.way = meant.best
  $$;

-- What was given back of an order. Of a refund that gives pieces and no amount, their share of the line's price.
create function reporting.refunded_minor(of_order uuid) returns bigint
  language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$
    select coalesce(sum(coalesce(refund.amount_minor, coalesce(refund.shipping_minor, 0)
             + coalesce(refund.tax_minor, 0) + coalesce(returned.amount_minor, 0))), 0)::bigint
      from refunds refund
      left join lateral (
        select sum(coalesce(part.amount_minor, round(
                 (round(line.quantity_e4 * line.unit_price_minor::numeric / 10000) - line.discount_minor)
                 * least(part.quantity_e4, line.quantity_e4) / nullif(line.quantity_e4, 0)))) as amount_minor
          from refund_lines part
          left join order_lines line on line.order_id = part.order_id
           and (line.external_id = part.line_external_id
                or part.line_external_id is null and line.line_no = part.line_no)
         where part.order_id = refund.order_id and part.refund_external_id = refund.external_id
      ) returned on true
     where refund.order_id = of_order
  $$;

create view reporting.claimed_sales as
with statuses as (
  select countable_statuses from attribution_models where status = 'published' order by published_at desc, id limit 1
), claims as (
  select reported_campaign, reporting.campaign_meant(reported_campaign) as campaign_id
    from (
      select reported_campaign from orders where reported_campaign is not null
      union
      select reported_campaign from conversions where reported_campaign is not null and campaign_id is null
    ) told
)
select conversion.id as sale_id, conversion.order_id, conversion.id as conversion_id,
       coalesce(conversion.campaign_id, claims.campaign_id) as campaign_id,
       coalesce(conversion.retailer, o.retailer) as retailer, conversion.send_id,
       conversion.product_category, conversion.currency, conversion.converted_at as sold_at,
       greatest(conversion.value_minor
                - case when o.currency = conversion.currency and exists (select from refunds where order_id = o.id)
                       then reporting.refunded_minor(o.id) else 0 end, 0)::bigint as revenue_minor
  from conversions conversion
  left join claims on claims.reported_campaign = conversion.reported_campaign
  left join orders o on o.id = conversion.order_id
 where conversion.kind = 'sale' and not conversion.withdrawn
   and coalesce(conversion.campaign_id, claims.campaign_id) is not null
   and (o.id is null or o.status = any((select countable_statuses from statuses)::text[]))
   -- Several deals about one order are one sale: the first.
   and not exists (
     select from conversions earlier
      where earlier.order_id = conversion.order_id and earlier.kind = 'sale' and not earlier.withdrawn
        and earlier.campaign_id is not null
        and (earlier.converted_at, earlier.id) < (conversion.converted_at, conversion.id))
union all
select o.id, o.id, null, claims.campaign_id, o.retailer, null, null, o.currency, o.ordered_at,
       greatest(coalesce(sold.lines_minor + o.shipping_minor + case when o.prices_include_tax then 0 else o.tax_minor end,
                         o.total_minor, 0)
                - case when exists (select from refunds where order_id = o.id)
                       then reporting.refunded_minor(o.id) else 0 end, 0)::bigint
  from orders o
  join claims on claims.reported_campaign = o.reported_campaign and claims.campaign_id is not null
  left join lateral (
    select greatest(sum(greatest(round(quantity_e4 * unit_price_minor::numeric / 10000) - discount_minor, 0))
                    - o.discount_minor, 0) as lines_minor
      from order_lines where order_id = o.id
  ) sold on true
 where o.status = any((select countable_statuses from statuses)::text[])
   and not exists (
     select from conversions conversion
      where conversion.order_id = o.id and conversion.kind = 'sale' and not conversion.withdrawn
        and (conversion.campaign_id is not null
             or reporting.campaign_meant(conversion.reported_campaign) is not null));

comment on view reporting.claimed_sales is
  'A row per sale that its source claims for a campaign: a CRM''s sales and countable orders, each counted once. A sale that names an order is that order, at what the CRM says it is worth; what was refunded of the order is taken off. Amounts are in the smallest unit of the currency. What campaigns are credited with is in reporting.credits.';
comment on column reporting.claimed_sales.order_id is 'The order it is; of a CRM''s sale that its shop has not told of yet, the one it will be.';
comment on column reporting.claimed_sales.revenue_minor is
  'After refunds. A refund that gives pieces and no amount takes their share of the price, so that it can differ by a cent from the ledger.';

create view reporting.campaign_performance_summary as
with mailed as (
  select mailing.campaign_id,
         count(distinct rollup.partner_id) filter (
           where rollup.partner_id <> '00000000-0000-0000-0000-000000000000' and rollup.sent > 0) as retailers,
         sum(rollup.sent)::bigint as sent, sum(rollup.delivered)::bigint as delivered,
         sum(rollup.opened)::bigint as opened, sum(rollup.clicked)::bigint as clicked,
         sum(rollup.machine_opened)::bigint as machine_opened, sum(rollup.machine_clicked)::bigint as machine_clicked
    from email_rollups rollup
    join email_campaigns mailing on mailing.id = rollup.email_campaign_id
   group by mailing.campaign_id
), sold as (
  select campaign_id, currency, sum(revenue_minor)::bigint as revenue_minor, count(*) as sales
    from reporting.claimed_sales
   group by campaign_id, currency
), spent as (
  select campaign_id, currency, sum(amount_minor)::bigint as spend_minor
    from campaign_spend
   group by campaign_id, currency
)
select campaign.id as campaign_id, campaign.name as campaign_name, campaign.status, campaign.starts_at as start_date,
       campaign.ends_at as end_date, campaign.currency,
       reporting.decimal_amount(campaign.budget_amount_minor, campaign.currency) as budget_allocated,
       reporting.decimal_amount(coalesce(spent.spend_minor, 0), campaign.currency) as budget_spent,
       coalesce(mailed.retailers, 0) as total_retailers,
       coalesce(mailed.sent, 0) as total_emails_sent,
       coalesce(mailed.delivered, 0) as emails_delivered,
       coalesce(mailed.opened, 0) as emails_opened,
       coalesce(mailed.clicked, 0) as emails_clicked,
       coalesce(mailed.machine_opened, 0) as emails_opened_by_machines,
       coalesce(mailed.machine_clicked, 0) as emails_clicked_by_machines,
       round(mailed.delivered * 100.0 / nullif(mailed.sent, 0), 2) as delivery_rate,
       round(mailed.opened * 100.0 / nullif(mailed.delivered, 0), 2) as open_rate,
       round(mailed.clicked * 100.0 / nullif(mailed.delivered, 0), 2) as click_rate,
       coalesce(sold.sales, 0) as total_sales,
       reporting.decimal_amount(coalesce(sold.revenue_minor, 0), campaign.currency) as total_revenue,
       case when spent.spend_minor > 0
            then round((coalesce(sold.revenue_minor, 0) - spent.spend_minor) * 100.0 / spent.spend_minor, 1)
       end as roi_percentage,
       case when spent.spend_minor > 0
            then round(coalesce(sold.revenue_minor, 0) * 1.0 / spent.spend_minor, 2)
       end as roas,
       case when spent.spend_minor > 0 and coalesce(sold.revenue_minor, 0) >= 2 * spent.spend_minor then 'High ROI'
            when spent.spend_minor > 0 and 2 * coalesce(sold.revenue_minor, 0) >= 3 * spent.spend_minor then 'Good ROI'
            else 'Standard'
       end as performance_tier,
       campaign.created_at, campaign.updated_at
  from campaigns campaign
  left join mailed on mailed.campaign_id = campaign.id
  left join sold on sold.campaign_id = campaign.id and sold.currency = campaign.currency
  left join spent on spent.campaign_id = campaign.id and spent.currency = campaign.currency
 where campaign.channel is null;

comment on view reporting.campaign_performance_summary is
  'A row per campaign, over all time, in the campaign''s currency. Sends, sales and spend are each summed on their own, so a second mailing does not multiply revenue. Revenue is what sources claim (reporting.claimed_sales).';
comment on column reporting.campaign_performance_summary.status is 'As last decided by hand; a running campaign whose end_date has passed has ended.';
comment on column reporting.campaign_performance_summary.open_rate is 'Opened by people / delivered × 100; null when nothing was delivered.';
comment on column reporting.campaign_performance_summary.click_rate is 'Clicked by people / delivered × 100; null when nothing was delivered.';
comment on column reporting.campaign_performance_summary.roi_percentage is '(revenue − spend) / spend × 100; null without spend.';
