-- The floor of the backfill: all that settlement does, as one statement for the whole shop. It values every line (price,
-- discounts and contained tax spread exactly, refunds), matches campaigns, shares exactly and writes the ledger and its
-- rollups into copies of the tables with the same indexes. It knows nothing of what is posted already, cannot say why,
-- cannot be stopped halfway, leaves out which order was a customer's first, and knows only the kinds of refund that the
-- bench makes: a floor, not an alternative.
--
-- $1 when it is posted · $2 statuses that carry credit
with
version as (
  select id, model = 'product_split' as conserving from attribution_models where status = 'published'
),
priced as (
  select l.order_id, l.line_no, l.product_id, l.quantity_e4, l.unit_cost_minor, o.currency, o.ordered_at,
         o.discount_minor as order_discount, o.tax_minor as order_tax,
         (2 * l.quantity_e4 * l.unit_price_minor + 10000) / 20000
           - least(l.discount_minor, (2 * l.quantity_e4 * l.unit_price_minor + 10000) / 20000) as net
    from orders o join order_lines l on l.order_id = o.id
   where o.status = any($2)
),
spread_discount as (
  select *, order_discount * net / net_sum as base, order_discount * net % net_sum as remainder
    from (select *, greatest(sum(net) over (partition by order_id)::bigint, 1) as net_sum from priced) each
),
sold as (
  select order_id, line_no, product_id, quantity_e4, unit_cost_minor, currency, ordered_at, order_tax,
         net - base - (
           row_number() over (partition by order_id order by remainder desc, line_no)
             <= order_discount - sum(base) over (partition by order_id)
         )::int as sold
    from spread_discount
),
spread_tax as (
  select *, order_tax * sold / sold_sum as base, order_tax * sold % sold_sum as remainder
    from (select *, greatest(sum(sold) over (partition by order_id)::bigint, 1) as sold_sum from sold) each
),
taxed as (
  select *, base + (
           row_number() over (partition by order_id order by remainder desc, line_no)
             <= order_tax - sum(base) over (partition by order_id)
         )::int as tax
    from spread_tax
),
line as materialized (
  select t.order_id, t.line_no, t.product_id, t.currency, t.ordered_at,
         case when r.order_id is null then t.quantity_e4 else 0 end as quantity,
         case when r.order_id is null then t.sold else 0 end as revenue,
         case when coalesce(t.unit_cost_minor, c.unit_cost_minor) is null then null
              when r.order_id is not null then 0
              else t.sold - t.tax - (2 * t.quantity_e4 * coalesce(t.unit_cost_minor, c.unit_cost_minor) + 10000) / 20000
         end as profit
    from taxed t
    left join refund_lines r on r.order_id = t.order_id and r.line_no = t.line_no
    left join product_costs c
      on c.product_id = t.product_id and c.currency = t.currency and c.period @> t.ordered_at
),
matched as (
  select l.order_id, l.line_no, l.product_id, l.currency, l.ordered_at, l.quantity, l.revenue, l.profit, t.campaign_id,
         row_number() over (partition by l.order_id, l.line_no order by c.created_at, c.id) as place,
         count(*) over (partition by l.order_id, l.line_no) as matches
    from line l
    join campaign_targets t on t.product_id = l.product_id and t.period @> l.ordered_at
    join campaign_running_periods r on r.campaign_id = t.campaign_id and r.period @> l.ordered_at
    join campaigns c on c.id = t.campaign_id
   where l.revenue <> 0 or l.quantity <> 0 or l.profit <> 0
),
credit as materialized (
  select m.order_id, m.line_no, m.product_id, m.campaign_id, v.id as version_id, v.conserving, m.currency, m.ordered_at, m.matches,
         case when not v.conserving then m.quantity
              else m.quantity / m.matches + (m.place <= m.quantity % m.matches)::int end as quantity,
         case when not v.conserving then m.revenue
              else m.revenue / m.matches + (m.place <= m.revenue % m.matches)::int end as revenue,
         case when not v.conserving then m.profit
              else m.profit / m.matches + sign(m.profit)::int * (m.place <= abs(m.profit) % m.matches)::int end as profit
    from matched m cross join version v
),
post as (
  insert into floor_entries
    (order_id, id, line_no, product_id, campaign_id, model_version_id, currency, kind, quantity_e4, revenue_minor,
     profit_minor, sale_time, posted_at, matched_count, reason, run_id)
  select order_id, uuidv7(), line_no, product_id, campaign_id, version_id, currency, 'credit', quantity, revenue, profit,
         ordered_at, $1, matches, 'backfill', null
    from credit
),
above as (
  with recursive up as (
    select id as campaign_id, id as ancestor_id, parent_campaign_id from campaigns
    union all
    select up.campaign_id, c.id, c.parent_campaign_id from up join campaigns c on c.id = up.parent_campaign_id
  )
  select campaign_id, ancestor_id from up
),
subject as (
  select id as campaign_id, 'campaign' as kind, id::text as subject from campaigns
  union all select campaign_id, 'tree', ancestor_id::text from above
  union all select id, 'platform', platform from campaigns
  union all select id, 'shop', '' from campaigns
  union all select id, 'campaign_product', id::text from campaigns
  union all
  select campaign_id, 'tree_product', ancestor_id::text
    from above where ancestor_id in (select parent_campaign_id from campaigns)
),
worth as (
  select order_id, sum(revenue)::bigint as revenue from line group by order_id
),
held as (
  select c.order_id, c.version_id, s.kind,
         case when s.kind like '%product' then s.subject || '|' || c.product_id else s.subject end as subject, c.line_no, c.currency, c.ordered_at,
         case when c.conserving then sum(c.quantity) else max(c.quantity) end::bigint as quantity,
         case when c.conserving then sum(c.revenue) else max(c.revenue) end::bigint as revenue,
         case when c.conserving then sum(c.profit) else max(c.profit) end::bigint as profit
    from credit c join subject s on s.campaign_id = c.campaign_id
   group by c.order_id, c.version_id, c.conserving, s.kind, s.subject, c.line_no, c.product_id, c.currency, c.ordered_at
),
coverage as (
  select l.order_id, v.id as version_id, k.kind, k.subject, l.line_no, l.currency, l.ordered_at, l.quantity, l.revenue,
         l.profit
    from line l
    cross join version v
    left join (
      select order_id, line_no, version_id, count(*) as holders from credit group by order_id, line_no, version_id
    ) h on h.order_id = l.order_id and h.line_no = l.line_no and h.version_id = v.id
    cross join lateral (values ('creditable', ''), ('matched', coalesce(h.holders, 0)::text)) as k (kind, subject)
),
measured as (
  select p.*, case when w.revenue > 0 then (2 * p.revenue * 1000000000 + w.revenue) / (2 * w.revenue) else 0 end as share
    from (
      select order_id, version_id, kind, subject, currency, ordered_at,
             sum(quantity)::bigint as quantity, sum(revenue)::bigint as revenue, coalesce(sum(profit), 0)::bigint as profit,
             coalesce(sum(revenue) filter (where profit is not null), 0)::bigint as known,
             count(*) filter (where quantity <> 0 or revenue <> 0) as lines
        from (select * from held union all select * from coverage) lines
       group by order_id, version_id, kind, subject, currency, ordered_at
    ) p
    join worth w on w.order_id = p.order_id
),
bucketed as (
  select version_id, b.basis, b.grain, kind, subject, currency, b.bucket, quantity, revenue, profit, known,
         (lines > 0)::int as orders, lines, b.times * share as share
    from measured
    cross join lateral (values
      ('sale', 'day', date_trunc('day', ordered_at, 'UTC'), 1),
      ('sale', 'quarter', date_bin('15 minutes', ordered_at, '2000-01-01Z'), 1),
      ('posted', 'day', date_trunc('day', $1::timestamptz, 'UTC'), 0),
      ('posted', 'quarter', date_bin('15 minutes', $1::timestamptz, '2000-01-01Z'), 0)
    ) as b (basis, grain, bucket, times)
   where (b.basis = 'sale' or kind not in ('creditable', 'matched'))
     and (kind not like '%product' or b.grain = 'day')
)
insert into floor_rollups
  (model_version_id, basis, grain, subject_kind, subject, currency, bucket, units_e4, revenue_minor, profit_minor,
   known_cost_revenue_minor, orders, lines, order_share_e9)
select version_id, basis, grain, kind, subject, currency, bucket, sum(quantity), sum(revenue), sum(profit), sum(known),
       sum(orders), sum(lines), sum(share)
  from bucketed
 group by version_id, basis, grain, kind, subject, currency, bucket
