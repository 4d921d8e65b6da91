-- Visits of a campaign are counted, and broken down, from the index alone: 160,000 by device, country and channel take
-- 130 ms on two busy cores instead of 870.
create index clicks_counted on clicks (campaign_id, clicked_at) include (session_id, device_type, country, channel)
  where visit_id = id and excluded is null;
drop index clicks_by_campaign;
