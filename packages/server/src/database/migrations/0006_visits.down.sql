delete from import_rejections where import_id in (select id from imports where kind = 'visits');
delete from imports where kind = 'visits';
alter table imports drop constraint imports_kind;
alter table imports add constraint imports_kind check (kind in ('products', 'customers', 'orders', 'spend'));
drop index clicks_kept_apart, clicks_lately, session_activities_lately;
drop table site_keys, installation_secrets, utm_templates;
