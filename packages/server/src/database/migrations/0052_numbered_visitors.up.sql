-- Visits that have to be told apart name whose they are by a number: numbers are read and told apart in a fraction of the
-- time that it takes to look up of each session whose it is.

-- People, and sessions that nobody is known by. Nothing else depends on their numbers.
create table visitors (
  -- '@' and the hash of an address in hexadecimal · '#' and the id of a customer without one · '/' and a session
  name text not null constraint visitors_pk primary key,
  number int not null generated always as identity constraint visitors_number_unique unique
);

create function visitor_name(of_session text) returns text language sql stable as $$
  select coalesce(
    (select coalesce('@' || encode(customers.email_hash, 'hex'), '#' || known.customer_id)
       from session_customers known left join customers on customers.id = known.customer_id
      where known.session_id = of_session
      order by known.identified_at desc, known.customer_id desc limit 1),
    '/' || of_session)
$$;

create table numbered_visits (
  campaign_id uuid not null,
  visited_at timestamptz not null,
  id uuid not null,
  visitor int not null
);
with visitor as materialized (
  select session_id, visitor_name(session_id) as name
    from (select distinct session_id from returning_visits) session
), numbered as (
  insert into visitors (name) select distinct name from visitor returning name, number
)
insert into numbered_visits
select campaign_id, visited_at, id, number
  from returning_visits join visitor using (session_id) join numbered using (name);
drop table returning_visits;
alter table numbered_visits rename to returning_visits;
alter table returning_visits
  add constraint returning_visits_pk primary key (campaign_id, visited_at, id) include (visitor);

-- Whoever a session turns out to be of, its visits are counted from the clicks until they are summed again.
create function note_visits_of_session(of_session text) returns void language sql as $$
  insert into visit_changes (campaign_id, bucket)
  select distinct campaign_id, date_bin('15 minutes', clicked_at, '2000-01-01Z')
    from clicks
   where session_id = of_session and counted and campaign_id is not null
$$;

-- Each identification that is not the same person's as the one before it, when it comes and when it is taken back: of
-- several at once the one that changes whose the session is at last is among them.
create or replace function note_known_visits() returns trigger language plpgsql as $$
declare
  known session_customers := case tg_op when 'DELETE' then old else new end;
  known_before uuid := (
    select customer_id from session_customers
     where session_id = known.session_id and (identified_at, customer_id) < (known.identified_at, known.customer_id)
     order by identified_at desc, customer_id desc limit 1);
begin
  if known_before is distinct from known.customer_id then
    perform note_visits_of_session(known.session_id);
  end if;
  return null;
end $$;

drop trigger session_customers_known on session_customers;
create trigger session_customers_known after insert or delete on session_customers for each row
  execute function note_known_visits();

create function note_visits_of_customer() returns trigger language plpgsql as $$
begin
  perform note_visits_of_session(session_id)
     from (select distinct session_id from customer_sessions where customer_id = new.id) session;
  return null;
end $$;

create trigger customers_come_with_address after insert on customers for each row
  when (new.email_hash is not null) execute function note_visits_of_customer();
create trigger customers_change_address after update on customers for each row
  when (old.email_hash is distinct from new.email_hash) execute function note_visits_of_customer();
