-- Who asked to be forgotten, by the hash that people are recognised by: what comes later about them is kept without
-- their address and name.
create table erased_people (
  email_hash bytea constraint erased_people_pk primary key,
  erased_at timestamptz not null
);

-- A customer who was erased stays so, also one who never had an address.
alter table customers add column erased_at timestamptz;
