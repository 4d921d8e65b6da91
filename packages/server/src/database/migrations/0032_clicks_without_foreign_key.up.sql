-- A foreign key looks up and locks the campaign of every click: a fifth of what its insert costs, paid by every visit for
-- a campaign that is deleted once in a blue moon. The deletion sees to it instead: it waits for the clicks that are being
-- written, lets no other be written until it has ended, and is refused as a foreign key refuses it. A click is given its
-- campaign by the statement that writes it, which reads campaigns once it may write.
alter table clicks drop constraint clicks_campaign_fk;

create function refuse_campaign_of_clicks() returns trigger language plpgsql as $$
begin
  lock table clicks in share mode;
  -- A repeat has the campaign of the click that it repeats, which is counted.
  if exists (select from clicks where campaign_id = old.id and counted)
    or exists (select from clicks where campaign_id = old.id and excluded is not null) then
    raise foreign_key_violation using message = 'there are clicks of the campaign';
  end if;
  return old;
end
$$;
create trigger campaigns_of_clicks before delete on campaigns
  for each row execute function refuse_campaign_of_clicks();

-- Links whose visitor arrived before their click was written: it is in the visitor's session, and is not written again.
create table arrived_links (
  link_session text not null constraint arrived_links_pk primary key,
  arrived_at timestamptz not null
);
