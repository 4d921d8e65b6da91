drop trigger customers_change_address on customers;
drop trigger customers_come_with_address on customers;
drop function note_visits_of_customer();

drop trigger session_customers_known on session_customers;
create or replace function note_known_visits() returns trigger language plpgsql as $$
begin
  insert into visit_changes (campaign_id, bucket)
  select distinct campaign_id, date_bin('15 minutes', clicked_at, '2000-01-01Z')
    from clicks
   where session_id = new.session_id and counted and campaign_id is not null
     and not exists (
       select from session_customers earlier
        where earlier.session_id = new.session_id
          and (earlier.identified_at, earlier.customer_id) < (new.identified_at, new.customer_id));
  return null;
end $$;
create trigger session_customers_known after insert on session_customers for each row
  execute function note_known_visits();
drop function note_visits_of_session(text);

-- Whose the listed visits are is looked up anew when they are summed next; until then the clicks are counted.
update visits_summed set until = null;
delete from visit_rollups;
drop table returning_visits;
create table returning_visits (
  campaign_id uuid not null,
  visited_at timestamptz not null,
  id uuid not null,
  session_id text not null,
  is_known boolean not null,
  constraint returning_visits_pk primary key (campaign_id, visited_at, id) include (session_id, is_known)
);
drop function visitor_name(text);
drop table visitors;
