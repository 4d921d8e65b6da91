-- What visits are taken in with: the public keys of shops' pages, the secret that addresses are hashed with, how links
-- are tagged; and what they are looked at by.

-- Public by nature: they stand in the source of every page, and say only that a visit is meant for us.
create table site_keys (
  id uuid not null constraint site_keys_pk primary key,
  key text not null constraint site_keys_key_unique unique,
  name text not null,
  created_by text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- Made once per installation and never shown.
create table installation_secrets (
  name text not null constraint installation_secrets_pk primary key,
  secret bytea not null
);

-- How links are tagged. utm_campaign is no part of it: it is always the campaign's tracking code.
create table utm_templates (
  id uuid not null constraint utm_templates_pk primary key,
  name text not null,
  utm_source text,
  utm_medium text,
  utm_content text,
  utm_term text,
  created_by text not null,
  updated_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index utm_templates_name_unique on utm_templates (lower(name));

create index clicks_kept_apart on clicks (campaign_id, clicked_at) where excluded is not null;
-- Facts come nearly in the order of time, so the last minutes are a few pages at the end.
create index clicks_lately on clicks using brin (clicked_at) with (pages_per_range = 16, autosummarize = on);
create index session_activities_lately on session_activities using brin (active_at)
  with (pages_per_range = 16, autosummarize = on);

alter table imports drop constraint imports_kind;
alter table imports add constraint imports_kind
  check (kind in ('products', 'customers', 'orders', 'spend', 'visits'));
