-- The house: who may do what, what was promoted, what was sold, what was credited, and the sums of it.
-- Reference tables come first, facts after them, foreign keys between facts last (a cluster distributes in between).

-- Periods of one (campaign, product) exclude each other; gist needs equality on uuid for that.
create extension if not exists btree_gist;

-- ── people ────────────────────────────────────────────────────────────────────────────────────────────────────

create table api_keys (
  id uuid constraint api_keys_pk primary key,
  name text not null,
  prefix text not null,
  key_hash bytea not null constraint api_keys_hash_unique unique,
  role text,
  permissions text[],
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_scope check ((role is null) <> (permissions is null))
);

create table audit_log (
  id uuid constraint audit_log_pk primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  before jsonb,
  after jsonb,
  reason text
);
create index audit_log_by_subject on audit_log (subject_kind, subject_id, at desc, id desc);
create index audit_log_by_time on audit_log (at desc, id desc);

create table idempotency_keys (
  actor text not null,
  path text not null,
  key text not null,
  request_hash bytea not null,
  status int,
  reply jsonb,
  created_at timestamptz not null,
  constraint idempotency_keys_pk primary key (actor, path, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- ── products ──────────────────────────────────────────────────────────────────────────────────────────────────

create table products (
  id uuid constraint products_pk primary key,
  source text not null,
  external_id text not null,
  sku text,
  name text,
  category text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint products_source_unique unique (source, external_id)
);
create index products_by_external_id on products (external_id);
create index products_by_sku on products (sku) where sku is not null;

create table product_costs (
  id uuid constraint product_costs_pk primary key,
  product_id uuid not null constraint product_costs_product_fk references products (id),
  currency text not null,
  period tstzrange not null constraint product_costs_period_open check (not isempty(period)),
  unit_cost_minor bigint not null constraint product_costs_not_negative check (unit_cost_minor >= 0),
  constraint product_costs_one_at_a_time exclude using gist (product_id with =, currency with =, period with &&)
);

create table product_batches (
  product_id uuid not null constraint product_batches_product_fk references products (id),
  batch text not null,
  currency text not null,
  unit_cost_minor bigint not null constraint product_batches_not_negative check (unit_cost_minor >= 0),
  constraint product_batches_pk primary key (product_id, batch, currency)
);

-- ── campaigns ─────────────────────────────────────────────────────────────────────────────────────────────────

create table campaigns (
  id uuid constraint campaigns_pk primary key,
  parent_campaign_id uuid constraint campaigns_parent_fk references campaigns (id),
  name text not null,
  description text,
  objective text,
  platform text not null,
  campaign_type text not null,
  post_url text,
  landing_url text,
  tracking_code text not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  budget_type text constraint campaigns_budget_type check (budget_type in ('daily', 'lifetime')),
  budget_amount_minor bigint,
  currency text not null,
  owner text,
  call_to_action text,
  socials jsonb,
  targeting jsonb,
  notes text,
  metadata jsonb,
  -- What was last decided by hand; a running campaign whose ends_at has passed reads as ended.
  status text not null constraint campaigns_status check (status in ('draft', 'running', 'paused', 'ended')),
  ended_at timestamptz,
  archived_at timestamptz,
  created_by text not null,
  updated_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint campaigns_not_own_parent check (parent_campaign_id <> id),
  constraint campaigns_end_after_start check (ends_at > starts_at)
);
create unique index campaigns_tracking_code_unique on campaigns (lower(tracking_code));
create index campaigns_by_parent on campaigns (parent_campaign_id);

create table campaign_running_periods (
  id uuid constraint campaign_running_periods_pk primary key,
  campaign_id uuid not null constraint campaign_running_periods_campaign_fk references campaigns (id),
  period tstzrange not null constraint campaign_running_periods_open check (not isempty(period)),
  constraint campaign_running_periods_one_at_a_time exclude using gist (campaign_id with =, period with &&)
);

create table campaign_targets (
  id uuid constraint campaign_targets_pk primary key,
  campaign_id uuid not null constraint campaign_targets_campaign_fk references campaigns (id),
  product_id uuid not null constraint campaign_targets_product_fk references products (id),
  period tstzrange not null constraint campaign_targets_open check (not isempty(period)),
  created_by text not null,
  created_at timestamptz not null,
  removed_by text,
  removed_at timestamptz,
  constraint campaign_targets_one_at_a_time exclude using gist (campaign_id with =, product_id with =, period with &&)
);
create index campaign_targets_by_product on campaign_targets (product_id);

create table campaign_spend (
  id uuid constraint campaign_spend_pk primary key,
  campaign_id uuid not null constraint campaign_spend_campaign_fk references campaigns (id),
  -- The ad platform's own calendar date; never shifted between zones.
  day date not null,
  currency text not null,
  amount_minor bigint not null,
  source text not null,
  kind text not null constraint campaign_spend_kind check (kind in ('entry', 'correction')),
  note text,
  created_by text not null,
  created_at timestamptz not null
);
create index campaign_spend_by_campaign on campaign_spend (campaign_id, day);
create index campaign_spend_by_day on campaign_spend (day);

-- ── attribution models ────────────────────────────────────────────────────────────────────────────────────────

create table attribution_models (
  id uuid constraint attribution_models_pk primary key,
  model text not null,
  version int not null,
  parameters jsonb not null,
  countable_statuses text[] not null,
  -- filling: kept beside the published one until its backfill is complete; retired: kept no longer, its entries stay.
  status text not null constraint attribution_models_status check (status in ('filling', 'published', 'retired')),
  created_at timestamptz not null,
  published_at timestamptz,
  constraint attribution_models_version_unique unique (model, version)
);
create unique index attribution_models_one_published on attribution_models (model) where status = 'published';

-- A version never changes; only its status moves on.
create function refuse_model_change() returns trigger language plpgsql as $$
begin
  if (new.id, new.model, new.version, new.parameters, new.countable_statuses)
     is distinct from (old.id, old.model, old.version, old.parameters, old.countable_statuses) then
    raise exception 'A version of an attribution model never changes: add a new version.' using errcode = 'TS001';
  end if;
  return new;
end $$;
create trigger attribution_models_immutable before update on attribution_models
  for each row execute function refuse_model_change();

-- ── facts: customers and orders ───────────────────────────────────────────────────────────────────────────────

create table customers (
  id uuid constraint customers_pk primary key,
  source text not null,
  external_id text not null,
  email text,
  email_hash bytea,
  name text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index customers_by_email on customers (email_hash) where email_hash is not null;
create index customers_by_external_id on customers (external_id);

create table orders (
  id uuid constraint orders_pk primary key,
  source text not null,
  external_id text not null,
  received_via text not null,
  order_number text,
  customer_id uuid,
  session_id text,
  store text,
  retailer text,
  coupon text,
  utm jsonb,
  click_ids jsonb,
  reported_campaign text,
  currency text not null,
  ordered_at timestamptz not null,
  -- The source's own version; an older one than the one held is ignored.
  updated_at timestamptz,
  status text not null,
  prices_include_tax boolean not null,
  shipping_minor bigint not null,
  tax_minor bigint not null,
  discount_minor bigint not null,
  -- Of an order that came without lines: what it was worth and how many pieces it had.
  total_minor bigint,
  product_count_e4 bigint,
  -- Of the last version taken over whole, so that a repeated delivery is recognised.
  payload_hash bytea not null,
  -- Counts the changes that matter to credit; compared with order_settlements.settled_revision.
  revision int not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index orders_by_time on orders (ordered_at, id);
create index orders_by_customer on orders (customer_id) where customer_id is not null;
-- By their beginning too: this is how people look for an order.
create index orders_by_number on orders (order_number text_pattern_ops) where order_number is not null;
create index orders_by_external_id on orders (external_id text_pattern_ops);
create index orders_by_creation on orders (created_at, id);

create table order_lines (
  order_id uuid not null,
  line_no int not null,
  external_id text,
  product_id uuid not null,
  batch text,
  quantity_e4 bigint not null,
  unit_price_minor bigint not null,
  discount_minor bigint not null,
  -- As given by the source; without it the batch's cost holds, else the product's in force at the sale.
  unit_cost_minor bigint,
  constraint order_lines_pk primary key (order_id, line_no)
);
create index order_lines_by_product on order_lines (product_id, order_id);

create table refunds (
  order_id uuid not null,
  external_id text not null,
  refunded_at timestamptz not null,
  amount_minor bigint,
  shipping_minor bigint,
  tax_minor bigint,
  reason text,
  payload_hash bytea not null,
  created_at timestamptz not null,
  constraint refunds_pk primary key (order_id, external_id)
);

create table refund_lines (
  order_id uuid not null,
  refund_external_id text not null,
  position int not null,
  line_no int,
  line_external_id text,
  quantity_e4 bigint,
  amount_minor bigint,
  constraint refund_lines_pk primary key (order_id, refund_external_id, position),
  constraint refund_lines_name_a_line check (line_no is not null or line_external_id is not null)
);

-- ── the ledger ────────────────────────────────────────────────────────────────────────────────────────────────

create table credit_entries (
  order_id uuid not null,
  id uuid not null,
  -- 0 stands for shipping and tax.
  line_no int not null,
  campaign_id uuid not null,
  model_version_id uuid not null,
  currency text not null,
  kind text not null constraint credit_entries_kind check (kind in ('credit', 'reversal', 'refund', 'correction')),
  quantity_e4 bigint not null,
  revenue_minor bigint not null,
  -- Null where the cost is unknown; an entry with known profit never nets against one without.
  profit_minor bigint,
  sale_time timestamptz not null,
  posted_at timestamptz not null,
  matched_count int not null,
  reason text not null,
  run_id uuid,
  constraint credit_entries_pk primary key (order_id, id)
);
create index credit_entries_by_campaign on credit_entries (campaign_id, model_version_id, sale_time);
create index credit_entries_by_sale on credit_entries (sale_time);
create index credit_entries_by_posting on credit_entries using brin (posted_at);

create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger only grows: % of % is refused. Post a correcting entry instead.', tg_op, tg_table_name
    using errcode = 'TS002';
end $$;
create trigger credit_entries_append_only before update or delete on credit_entries
  for each row execute function refuse_ledger_change();
create trigger credit_entries_never_truncated before truncate on credit_entries
  for each statement execute function refuse_ledger_change();

-- What the last settlement of an order saw and named; derived, rebuilt by settling again.
create table order_settlements (
  order_id uuid constraint order_settlements_pk primary key,
  settled_revision int not null,
  settled_at timestamptz,
  model_version_ids uuid[] not null,
  refund_count int not null,
  -- What this order adds to the rollups of creditable sales, so that the next settlement can take it back exactly.
  coverage jsonb not null,
  error text,
  failed_at timestamptz
);
create index order_settlements_failed on order_settlements (failed_at) where error is not null;

-- ── backfills ─────────────────────────────────────────────────────────────────────────────────────────────────

-- Settling a range of orders again: by hand, or to fill a new model version before it is published.
create table backfills (
  id uuid constraint backfills_pk primary key,
  from_time timestamptz,
  to_time timestamptz,
  statuses text[],
  models text[],
  -- The version that is published when this is complete.
  fills_version_id uuid constraint backfills_version_fk references attribution_models (id),
  dry_run boolean not null,
  status text not null constraint backfills_status
    check (status in ('queued', 'running', 'completed', 'cancelled', 'failed')),
  -- Where it goes on after a stop: the last order that was settled.
  position_time timestamptz,
  position_id uuid,
  orders_total int,
  orders_done int not null,
  orders_affected int not null,
  entries_posted int not null,
  -- Credit before and after, per model, currency and campaign.
  moved jsonb not null,
  error text,
  created_by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index backfills_by_creation on backfills (created_at desc, id desc);

-- ── rollups ───────────────────────────────────────────────────────────────────────────────────────────────────

create table credit_rollups (
  model_version_id uuid not null,
  -- sale: by sale time (restated) · posted: by posting time (as booked)
  basis text not null constraint credit_rollups_basis check (basis in ('sale', 'posted')),
  grain text not null constraint credit_rollups_grain check (grain in ('day', 'quarter')),
  -- campaign · tree (a campaign with all below it) · platform · shop · creditable (everything that could be credited)
  -- · matched (creditable lines by how many campaigns hold credit of them)
  subject_kind text not null,
  subject text not null,
  currency text not null,
  bucket timestamptz not null,
  units_e4 bigint not null,
  revenue_minor bigint not null,
  profit_minor bigint not null,
  known_cost_revenue_minor bigint not null,
  orders bigint not null,
  lines bigint not null,
  order_share_e9 bigint not null,
  constraint credit_rollups_pk
    primary key (model_version_id, basis, grain, subject_kind, currency, subject, bucket)
);
create index credit_rollups_by_bucket
  on credit_rollups (model_version_id, basis, grain, subject_kind, currency, bucket);

-- ── keys between facts ────────────────────────────────────────────────────────────────────────────────────────

alter table order_lines add constraint order_lines_order_fk foreign key (order_id) references orders (id);
alter table order_lines add constraint order_lines_product_fk foreign key (product_id) references products (id);
alter table refunds add constraint refunds_order_fk foreign key (order_id) references orders (id);
alter table refund_lines add constraint refund_lines_refund_fk
  foreign key (order_id, refund_external_id) references refunds (order_id, external_id);
alter table credit_entries add constraint credit_entries_order_fk foreign key (order_id) references orders (id);
alter table credit_entries add constraint credit_entries_campaign_fk
  foreign key (campaign_id) references campaigns (id);
alter table credit_entries add constraint credit_entries_model_fk
  foreign key (model_version_id) references attribution_models (id);
alter table order_settlements add constraint order_settlements_order_fk
  foreign key (order_id) references orders (id);
