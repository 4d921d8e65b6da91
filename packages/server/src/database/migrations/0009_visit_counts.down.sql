create index clicks_by_campaign on clicks (campaign_id, clicked_at) include (session_id)
  where visit_id = id and excluded is null;
drop index clicks_counted;
