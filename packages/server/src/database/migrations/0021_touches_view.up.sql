create view reporting.touches as
select touch.order_id, touch.position, touch.touch_id, touch.kind, touch.campaign_id, campaign.name as campaign_name,
       campaign.platform, campaign.tracking_code, touch.channel, touch.session_id, touch.touched_at,
       touch.last_activity_at, o.ordered_at, o.currency,
       round(extract(epoch from o.ordered_at - touch.touched_at)::numeric / 86400, 4) as days_before_sale
  from order_touches touch
  join orders o on o.id = touch.order_id
  left join campaigns campaign on campaign.id = touch.campaign_id;

comment on view reporting.touches is
  'A row per touch of an order''s path: what its buyer did with campaigns before the sale and was alive at it, as of the last settlement.';
comment on column reporting.touches.position is 'Its place in the path, in the order of time; 1 is the first touch.';
comment on column reporting.touches.campaign_id is 'Null for an arrival without a campaign.';
