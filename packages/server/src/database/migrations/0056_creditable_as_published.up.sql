-- What an order could be credited for was read from the first model that had ever counted it, also after that version
-- was retired, and with shipping and tax where that was a touch model.
create or replace view reporting.orders as
with reported_model as (
  select id from attribution_models
   where status = 'published'
   order by model = 'product_split' desc, model = 'product_full' desc, model
   limit 1
)
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
      from jsonb_array_elements(settlement.coverage) coverage,
           jsonb_array_elements(coverage.value -> 'lines') line
     where coverage.value -> 'counted_by' ? (select id::text from reported_model)
       and (line.value ->> 0)::int <> 0
  ) covered on true;

comment on column reporting.orders.creditable_revenue is
  'What campaigns can be credited for: lines net of all discounts and refunds, as of the last settlement under the published version of product_split (where that is not kept, of product_full, else of a touch model). Null for an order whose status carries no credit under it.';
