-- Files may hold visits, beside what the migrations before allowed.
alter table imports drop constraint imports_kind;
alter table imports add constraint imports_kind
  check (kind in ('products', 'customers', 'orders', 'spend', 'visits', 'sends', 'conversions'));
