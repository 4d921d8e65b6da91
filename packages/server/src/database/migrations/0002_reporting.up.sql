-- Views for analysts and BI tools: read-only, and free of fan-out. Each row is what its view is named after, once, so
-- that sums over any of its columns are right. Amounts are decimals of the currency beside them.
-- What they show is what reports show: the published version of each model, and sums by sale date.

create schema reporting;
comment on schema reporting is
  'Read-only views for analysis. Stable: columns are added, never changed or removed.';

create function reporting.decimal_amount(minor bigint, currency text) returns numeric
  language sql immutable strict parallel safe
  as $$
    select case
      when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
                        'XAF', 'XAG', 'XAU', 'XBA', 'XBB', 'XBC', 'XBD', 'XDR', 'XOF', 'XPD', 'XPF', 'XPT', 'XSU', 'XTS',
                        'XUA', 'XXX') then minor::numeric
      when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then round(minor / 1000.0, 3)
      when currency in ('CLF', 'UYW') then round(minor / 10000.0, 4)
      else round(minor / 100.0, 2)
    end
  $$;
comment on function reporting.decimal_amount is
  'An amount in the smallest unit of its ISO 4217 currency, as a decimal: 1234 EUR is 12.34, 1234 JPY is 1234.';

-- ── credits ─────────────────────────────────────────────────────────────────────────────────────────────────────

create view reporting.credits as
select entry.id as entry_id, entry.order_id, entry.line_no, line.product_id, entry.campaign_id, campaign.name as campaign_name,
       campaign.platform, campaign.tracking_code, campaign.parent_campaign_id, model.model,
       model.version as model_version, entry.kind, entry.currency,
       round(entry.quantity_e4 / 10000.0, 4) as quantity,
       reporting.decimal_amount(entry.revenue_minor, entry.currency) as revenue,
       reporting.decimal_amount(entry.profit_minor, entry.currency) as profit,
       entry.matched_count, entry.reason, entry.sale_time, entry.posted_at
  from credit_entries entry
  join attribution_models model on model.id = entry.model_version_id and model.status = 'published'
  join campaigns campaign on campaign.id = entry.campaign_id
  left join order_lines line on line.order_id = entry.order_id and line.line_no = entry.line_no;

comment on view reporting.credits is
  'The ledger: a row per credit entry, signed. What a campaign holds is the sum of its entries. Choose one model, always; product_full shows reach and does not add up over campaigns.';
comment on column reporting.credits.line_no is 'The order line; 0 stands for shipping and tax.';
comment on column reporting.credits.product_id is 'The product on that line of the order today.';
comment on column reporting.credits.kind is 'credit, reversal, refund or correction.';
comment on column reporting.credits.profit is 'Null where the cost is unknown: unknown, not zero.';
comment on column reporting.credits.matched_count is 'How many campaigns shared the line when this was posted; 0 where it takes credit back.';
comment on column reporting.credits.sale_time is 'When the order was placed: sum by it for figures as restated.';
comment on column reporting.credits.posted_at is 'When the entry was posted: sum by it for figures as booked.';

-- ── orders ──────────────────────────────────────────────────────────────────────────────────────────────────────

create view reporting.orders as
select o.id as order_id, o.source, o.external_id, o.order_number, o.customer_id, o.session_id, o.store, o.retailer,
       o.coupon, o.utm, o.click_ids, o.reported_campaign, o.received_via, o.status, o.currency, o.ordered_at,
       coalesce(lines.lines, 0) as lines,
       coalesce(lines.quantity, 0) as quantity,
       coalesce(lines.subtotal, 0) as subtotal,
       reporting.decimal_amount(o.discount_minor, o.currency) as discount,
       reporting.decimal_amount(o.shipping_minor, o.currency) as shipping,
       reporting.decimal_amount(o.tax_minor, o.currency) as tax,
       o.prices_include_tax,
       coalesce(refunded.refunds, 0) as refunds,
       reporting.decimal_amount(covered.revenue_minor, o.currency) as creditable_revenue,
       settlement.settled_at,
       coalesce(settlement.settled_revision >= o.revision and settlement.error is null, false) as is_settled,
       settlement.error as settlement_error,
       o.created_at, o.changed_at
  from orders o
  left join order_settlements settlement on settlement.order_id = o.id
  left join lateral (
    select count(*) as lines, round(sum(quantity_e4) / 10000.0, 4) as quantity,
           reporting.decimal_amount(
             sum(round(quantity_e4 * unit_price_minor::numeric / 10000) - discount_minor)::bigint, o.currency) as subtotal
      from order_lines where order_id = o.id
  ) lines on true
  left join lateral (select count(*) as refunds from refunds where order_id = o.id) refunded on true
  left join lateral (
    select sum((line.value ->> 2)::bigint)::bigint as revenue_minor
      from jsonb_array_elements(settlement.coverage -> 0 -> 'lines') line
  ) covered on true;

comment on view reporting.orders is 'A row per order. Currencies are never added up.';
comment on column reporting.orders.subtotal is 'Lines at their prices less their own discounts, before the order discount, as sold.';
comment on column reporting.orders.creditable_revenue is
  'What campaigns can be credited for: lines net of all discounts and refunds, as of the last settlement. Null for an order whose status carries no credit.';
comment on column reporting.orders.is_settled is 'Whether the credit of the order is what its facts say; false while that is still to be worked out.';

-- ── campaign_performance ────────────────────────────────────────────────────────────────────────────────────────

create view reporting.campaign_performance as
with facts as (
  select campaign.id as campaign_id, rollup.model_version_id, rollup.currency, (rollup.bucket at time zone 'UTC')::date as day,
         rollup.units_e4, rollup.revenue_minor, rollup.profit_minor, rollup.known_cost_revenue_minor, rollup.orders,
         rollup.lines, rollup.order_share_e9, 0::bigint as spend_minor
    from campaigns campaign
    join credit_rollups rollup on rollup.subject = campaign.id::text
   where rollup.basis = 'sale' and rollup.grain = 'day' and rollup.subject_kind = 'campaign'
  union all
  select spend.campaign_id, model.id, spend.currency, spend.day, 0, 0, 0, 0, 0, 0, 0, spend.amount_minor
    from campaign_spend spend
    cross join attribution_models model
   where model.status = 'published'
), summed as (
  select campaign_id, model_version_id, currency, day, sum(units_e4) as units_e4, sum(revenue_minor)::bigint as revenue_minor,
         sum(profit_minor)::bigint as profit_minor, sum(known_cost_revenue_minor)::bigint as known_cost_revenue_minor,
         sum(orders)::bigint as orders, sum(lines)::bigint as lines, sum(order_share_e9) as order_share_e9,
         sum(spend_minor)::bigint as spend_minor
    from facts
   group by campaign_id, model_version_id, currency, day
)
select summed.campaign_id, campaign.name as campaign_name, campaign.platform, campaign.tracking_code,
       campaign.parent_campaign_id, model.model, model.version as model_version, summed.currency, summed.day,
       round(summed.units_e4 / 10000.0, 4) as units,
       reporting.decimal_amount(summed.revenue_minor, summed.currency) as revenue,
       case when summed.profit_minor <> 0 or summed.known_cost_revenue_minor <> 0 or summed.lines = 0
            then reporting.decimal_amount(summed.profit_minor, summed.currency) end as profit,
       reporting.decimal_amount(summed.known_cost_revenue_minor, summed.currency) as revenue_with_known_cost,
       summed.orders, summed.lines,
       round(summed.order_share_e9 / 1000000000.0, 9) as order_equivalents,
       reporting.decimal_amount(summed.spend_minor, summed.currency) as spend
  from summed
  join attribution_models model on model.id = summed.model_version_id and model.status = 'published'
  join campaigns campaign on campaign.id = summed.campaign_id
 where summed.units_e4 <> 0 or summed.revenue_minor <> 0 or summed.profit_minor <> 0 or summed.lines <> 0
    or summed.spend_minor <> 0;

comment on view reporting.campaign_performance is
  'A row per campaign, model, currency and UTC day with credit or spend. Choose one model, always: spend stands beside each. A campaign stands for itself, without those below it.';
comment on column reporting.campaign_performance.day is
  'The UTC day of the sale, and the ad platform''s own date of the spend. For days of another time zone ask the reports of the API.';
comment on column reporting.campaign_performance.profit is 'Where the cost is known; null where it is known of nothing.';
comment on column reporting.campaign_performance.revenue_with_known_cost is 'The part of revenue that profit covers.';
comment on column reporting.campaign_performance.orders is
  'Distinct orders with non-zero credit. Adds up over days, but not over campaigns: an order may be credited to several.';
comment on column reporting.campaign_performance.order_equivalents is
  'Sum over orders of the share the campaign holds; sum(revenue) / sum(order_equivalents) is its average order value.';
