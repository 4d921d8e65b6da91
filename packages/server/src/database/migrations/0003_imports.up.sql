-- Imports of files: how far each has come, and which rows it could not take.

create table imports (
  id uuid constraint imports_pk primary key,
  kind text not null constraint imports_kind check (kind in ('products', 'customers', 'orders', 'spend')),
  -- Over the files, the mapping and the kind: the same import again goes on where it stopped.
  fingerprint bytea not null,
  files jsonb not null,
  -- As it was used.
  mapping text,
  status text not null
    constraint imports_status check (status in ('running', 'stopped', 'failed', 'completed')),
  rows_total int not null,
  -- How many records are done: where a resume goes on.
  position int not null,
  created int not null,
  updated int not null,
  unchanged int not null,
  ignored_older int not null,
  rejected int not null,
  error text,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  finished_at timestamptz
);
create index imports_by_creation on imports (created_at desc, id desc);
create index imports_unfinished on imports (fingerprint) where status <> 'completed';

create table import_rejections (
  import_id uuid not null constraint import_rejections_import_fk references imports (id),
  -- Of the record in its import, and of the fault among the record's.
  position int not null,
  fault_no int not null,
  file text not null,
  line int not null,
  -- Of the API; null when the row as a whole is at fault.
  field text,
  column_name text,
  reason text not null,
  -- As it stands in the file, so that it can be mended and sent again.
  row json not null,
  constraint import_rejections_pk primary key (import_id, position, fault_no)
);
