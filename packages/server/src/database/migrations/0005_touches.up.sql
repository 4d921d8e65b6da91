-- What people did with campaigns by links: every click is kept, activity keeps its visit alive, an identity joins
-- sessions to a customer. Keyed by the visitor's session.

-- Built-in campaigns that hold the credit of arrivals without a campaign; null for everybody else's.
alter table campaigns add column channel text;
create unique index campaigns_channel_unique on campaigns (channel) where channel is not null;

insert into campaigns (id, name, platform, campaign_type, tracking_code, starts_at, currency, status, channel,
                       created_by, updated_by, created_at, updated_at)
select id::uuid, name, 'other', 'other', 'channel:' || channel, '1970-01-01Z', 'EUR', 'draft', channel,
       'system', 'system', '1970-01-01Z', '1970-01-01Z'
  from (values
    ('00000000-0000-8000-8000-000000000001', 'direct', 'Direct'),
    ('00000000-0000-8000-8000-000000000002', 'organic_search', 'Organic search'),
    ('00000000-0000-8000-8000-000000000003', 'social', 'Social'),
    ('00000000-0000-8000-8000-000000000004', 'referral', 'Referral'),
    ('00000000-0000-8000-8000-000000000005', 'email', 'Email'),
    ('00000000-0000-8000-8000-000000000006', 'paid', 'Paid')
  ) as built_in (id, channel, name);

create table clicks (
  session_id text not null,
  id uuid not null,
  clicked_at timestamptz not null,
  -- The visit it opened (its own id) or, as a repeat, belongs to; derived from the facts of the session.
  visit_id uuid not null,
  -- Null for an arrival without a campaign, and while no campaign has its code.
  campaign_id uuid,
  -- As it stood in the link, in lower case.
  tracking_code text,
  -- Where it came from, campaign or not: direct · organic_search · social · referral · email · paid
  channel text not null,
  received_via text not null constraint clicks_received_via check (received_via in ('tracker', 'link', 'batch')),
  -- Why it is kept apart and never credited: bot · own_traffic · impossible_rate. Null: a person's.
  excluded text,
  landing_page text,
  referrer text,
  utm jsonb,
  click_ids jsonb,
  device_type text,
  browser text,
  os text,
  country text,
  city text,
  -- A keyed hash; the address itself only where the installation says so.
  address_hash bytea,
  address text,
  user_agent text,
  received_at timestamptz not null,
  constraint clicks_pk primary key (session_id, id)
);
-- Visits of a campaign over a range are read from the index alone.
create index clicks_by_campaign on clicks (campaign_id, clicked_at) include (session_id)
  where visit_id = id and excluded is null;
create index clicks_by_time on clicks (clicked_at) include (campaign_id, session_id)
  where visit_id = id and excluded is null;
create index clicks_waiting_for_a_campaign on clicks (tracking_code)
  where campaign_id is null and tracking_code is not null;

create table session_activities (
  session_id text not null,
  active_at timestamptz not null,
  constraint session_activities_pk primary key (session_id, active_at)
);

-- The same fact from both sides, since sessions and customers are keyed apart.
create table session_customers (
  session_id text not null,
  identified_at timestamptz not null,
  customer_id uuid not null,
  constraint session_customers_pk primary key (session_id, identified_at, customer_id)
);
create table customer_sessions (
  customer_id uuid not null,
  identified_at timestamptz not null,
  session_id text not null,
  constraint customer_sessions_pk primary key (customer_id, session_id, identified_at)
);

-- The path an order was last settled by: every touch by its time, eligible under some model or not.
create table order_touches (
  order_id uuid not null,
  position int not null,
  touch_id uuid not null,
  -- visit · email_click
  kind text not null,
  campaign_id uuid,
  channel text not null,
  session_id text,
  touched_at timestamptz not null,
  last_activity_at timestamptz not null,
  constraint order_touches_pk primary key (order_id, position)
);
create index order_touches_by_campaign on order_touches (campaign_id, touched_at) where campaign_id is not null;

create index orders_by_session on orders (session_id) where session_id is not null;

alter table clicks add constraint clicks_campaign_fk foreign key (campaign_id) references campaigns (id);
alter table order_touches add constraint order_touches_order_fk foreign key (order_id) references orders (id);
