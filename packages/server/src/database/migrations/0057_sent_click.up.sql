-- What the intake of visits sends of a click, in one binary array a batch. It stands by itself: as a row of `clicks` it
-- would change with every column that is added there, while a server of before still sends.
create type sent_click as (
  session_id text,
  id uuid,
  clicked_at timestamptz,
  tracking_code text,
  channel text,
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
  address_hash bytea,
  address text,
  user_agent text
);
