-- People who sign in, their sessions, and what they and API keys are limited to.

create table users (
  id uuid constraint users_pk primary key,
  -- In lower case, so that it is the same address however it is typed.
  email text not null constraint users_email_unique unique,
  name text not null,
  role text not null,
  password_hash text not null,
  -- Of an advertiser, brand or retailer: whose campaigns (owner) or orders (retailer) are theirs to see. Null: all.
  scope_kind text,
  owner_scope text[],
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_signed_in_at timestamptz,
  disabled_at timestamptz,
  constraint users_email_lower check (email = lower(email)),
  constraint users_scope check (
    (scope_kind is null) = (owner_scope is null) and scope_kind in ('owner', 'retailer')
    and cardinality(owner_scope) > 0
  )
);

create table user_sessions (
  id uuid constraint user_sessions_pk primary key,
  token_hash bytea not null constraint user_sessions_token_unique unique,
  user_id uuid not null constraint user_sessions_user_fk references users (id),
  -- Where it was started: the address and what the browser calls itself.
  address text,
  user_agent text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index user_sessions_by_user on user_sessions (user_id, last_seen_at desc);
create index user_sessions_by_expiry on user_sessions (expires_at);

-- Attempts to sign in since the last success, by account and network and by network alone.
create table sign_in_attempts (
  subject text constraint sign_in_attempts_pk primary key,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);
create index sign_in_attempts_by_age on sign_in_attempts (last_at);

alter table api_keys
  add column scope_kind text,
  add column owner_scope text[],
  add constraint api_keys_owner_scope check (
    (scope_kind is null) = (owner_scope is null) and scope_kind in ('owner', 'retailer')
    and cardinality(owner_scope) > 0
  );
