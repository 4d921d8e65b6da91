drop index orders_by_reported_campaign;
alter table backfills drop column proposal;
alter table attribution_models drop column created_by;
