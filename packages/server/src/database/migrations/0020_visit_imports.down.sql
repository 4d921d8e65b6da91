delete from import_rejections where import_id in (select id from imports where kind = 'visits');
delete from imports where kind = 'visits';
alter table imports drop constraint imports_kind;
alter table imports add constraint imports_kind
  check (kind in ('products', 'customers', 'orders', 'spend', 'sends', 'conversions'));
