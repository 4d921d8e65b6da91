drop index clicks_by_time;
drop index clicks_counted;
alter table clicks drop column counted;
create index clicks_by_time on clicks (clicked_at) include (campaign_id, session_id)
  where visit_id = id and excluded is null;
create index clicks_counted on clicks (campaign_id, clicked_at) include (session_id, device_type, country, channel)
  where visit_id = id and excluded is null;
