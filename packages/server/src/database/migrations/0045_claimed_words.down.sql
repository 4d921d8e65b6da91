create or replace view reporting.claimed_sales as
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
        and (earlier.campaign_id is not null
             or reporting.campaign_meant(earlier.reported_campaign) is not null)
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
    select case when count(*) > 0 then greatest(
             sum(greatest(round(quantity_e4 * unit_price_minor::numeric / 10000) - discount_minor, 0))
             - o.discount_minor, 0) end as lines_minor
      from order_lines where order_id = o.id
  ) sold on true
 where o.status = any((select countable_statuses from statuses)::text[])
   and not exists (
     select from conversions conversion
      where conversion.order_id = o.id and conversion.kind = 'sale' and not conversion.withdrawn
        and (conversion.campaign_id is not null
             or reporting.campaign_meant(conversion.reported_campaign) is not null));
