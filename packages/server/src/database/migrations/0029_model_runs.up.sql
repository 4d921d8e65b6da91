-- What data-driven models learned, with what they learned it from: kept for good, since versions of models came of it.
create table model_runs (
  id uuid not null,
  model text not null,
  -- Of a Markov chain: how many touches back it remembers.
  chain_order int,
  from_time timestamptz,
  to_time timestamptz,
  -- Which touches it looked at, as a version has them, and which orders were conversions.
  parameters jsonb not null,
  countable_statuses text[] not null,
  status text not null,
  percent int not null,
  conversions int,
  lapses int,
  states int,
  -- [{campaign_id, removal_effect, conversions}], sorted by campaign.
  effects jsonb,
  -- [[places of the campaigns touched last], place of the next or how it ended, count], by places in effects.
  transitions jsonb,
  version_id uuid,
  error text,
  created_by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  constraint model_runs_pk primary key (id),
  constraint model_runs_version_fk foreign key (version_id) references attribution_models (id),
  constraint model_runs_status check (status in ('queued', 'running', 'completed', 'failed'))
);
create index model_runs_by_creation on model_runs (created_at desc, id desc);
