-- Partners, the mail that campaigns send to them and to customers, and what providers tell of it.

-- ── partners ────────────────────────────────────────────────────────────────────────────────────────────────────

create table partners (
  id uuid constraint partners_pk primary key,
  kind text not null constraint partners_kind check (kind in ('retailer', 'brand', 'advertiser')),
  name text not null,
  email text,
  region text,
  active boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index partners_by_name on partners (name, id);

-- Everything a partner is called by: its name, its ids and spellings elsewhere. Orders name their retailer by one.
create table partner_names (
  kind text not null,
  -- In lower case, without space around it.
  name_key text not null,
  partner_id uuid not null constraint partner_names_partner_fk references partners (id),
  name text not null,
  -- Of the names beside the partner's own; the order they were given in.
  position int not null,
  constraint partner_names_pk primary key (kind, name_key)
);
create index partner_names_by_partner on partner_names (partner_id);

-- ── email campaigns ─────────────────────────────────────────────────────────────────────────────────────────────

create table email_campaigns (
  id uuid constraint email_campaigns_pk primary key,
  campaign_id uuid not null constraint email_campaigns_campaign_fk references campaigns (id),
  -- What the system that sends it calls it.
  external_id text constraint email_campaigns_external_id_unique unique,
  subject text not null,
  content text,
  sender_email text not null,
  sender_name text,
  -- When the mailing went out, as told; each send has its own time.
  sent_at timestamptz,
  -- How many it was meant for, as told.
  recipients int,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index email_campaigns_by_campaign on email_campaigns (campaign_id, created_at, id);

-- ── facts: sends and what became of them ────────────────────────────────────────────────────────────────────────

-- A mail to one recipient. What was told of it stands in the first block; the rest is folded from its events and can
-- be folded again at any time.
create table email_sends (
  -- SHA-256 of the address in lower case, as customers are recognised by.
  recipient_hash bytea not null,
  id uuid not null,
  email_campaign_id uuid not null,
  partner_id uuid,
  recipient_email text,
  recipient_name text,
  -- Told at the sending; without it the first event says when.
  told_sent_at timestamptz,
  provider text,
  message_id text,
  created_at timestamptz not null,

  sent_at timestamptz not null,
  status text not null,
  delivered_at timestamptz,
  last_delivered_at timestamptz,
  -- By people.
  opened_at timestamptz,
  last_opened_at timestamptz,
  clicked_at timestamptz,
  last_clicked_at timestamptz,
  -- By privacy proxies, scanners and whatever else opens and clicks without anybody reading.
  machine_opened_at timestamptz,
  last_machine_opened_at timestamptz,
  machine_clicked_at timestamptz,
  last_machine_clicked_at timestamptz,
  bounced_at timestamptz,
  last_bounced_at timestamptz,
  failed_at timestamptz,
  last_failed_at timestamptz,
  failure_reason text,
  complained_at timestamptz,
  last_complained_at timestamptz,
  unsubscribed_at timestamptz,
  last_unsubscribed_at timestamptz,
  constraint email_sends_pk primary key (recipient_hash, id)
);
create index email_sends_by_campaign on email_sends (email_campaign_id, sent_at, id);
create index email_sends_by_id on email_sends (id);
create index email_sends_by_message on email_sends (message_id) where message_id is not null;
create index email_sends_clicked_by_partner on email_sends (partner_id)
  where partner_id is not null and (clicked_at is not null or machine_clicked_at is not null);

-- What became of a mail, as its provider, a file or our own links say: kept once each, in whatever order they come.
create table email_events (
  recipient_hash bytea not null,
  id uuid not null,
  -- Null while no send is known that it is about.
  send_id uuid,
  kind text not null constraint email_events_kind check (kind in (
    'sent', 'delivered', 'deferred', 'opened', 'clicked', 'bounced', 'failed', 'complained', 'unsubscribed')),
  occurred_at timestamptz not null,
  -- Who says so: sendgrid · mailgun · postmark · ses · resend · link (our own) · file · api
  provider text not null,
  message_id text,
  url text,
  user_agent text,
  -- The provider itself says that a machine did it.
  flagged boolean not null,
  -- Why an open or click is taken for a machine's; null: a person's. Derived with the send.
  machine text,
  reason text,
  received_at timestamptz not null,
  constraint email_events_pk primary key (recipient_hash, id)
);
create index email_events_waiting on email_events (message_id) where send_id is null;

-- ── rollup ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- Sends by the quarter hour they were sent in: how many came how far, each send once. Thrown away and rebuilt at will.
create table email_rollups (
  email_campaign_id uuid not null,
  -- All zeros for recipients that are no partner's.
  partner_id uuid not null,
  bucket timestamptz not null,
  sent bigint not null,
  delivered bigint not null,
  opened bigint not null,
  clicked bigint not null,
  -- By machines only.
  machine_opened bigint not null,
  machine_clicked bigint not null,
  bounced bigint not null,
  failed bigint not null,
  complained bigint not null,
  unsubscribed bigint not null,
  constraint email_rollups_pk primary key (email_campaign_id, partner_id, bucket)
);

-- ── webhooks ────────────────────────────────────────────────────────────────────────────────────────────────────

-- What providers delivered, as it came: stored before it is answered, worked on by a job.
create table webhook_deliveries (
  -- Derived from what the provider makes unique, so that a replay is the same row.
  id uuid constraint webhook_deliveries_pk primary key,
  provider text not null,
  received_at timestamptz not null,
  body bytea not null,
  status text not null constraint webhook_deliveries_status check (status in ('waiting', 'processed', 'failed')),
  attempts int not null,
  -- How many events it held; those taken, known already, not our business, and faulty.
  events int not null,
  recorded int not null,
  unchanged int not null,
  ignored int not null,
  -- The faulty ones: [{"index", "message"}].
  faults jsonb not null,
  error text,
  processed_at timestamptz
);
create index webhook_deliveries_by_time on webhook_deliveries (received_at desc, id desc);

alter table email_sends add constraint email_sends_campaign_fk foreign key (email_campaign_id) references email_campaigns (id);
alter table email_sends add constraint email_sends_partner_fk foreign key (partner_id) references partners (id);
