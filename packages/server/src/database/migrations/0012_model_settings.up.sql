-- Versions of models that somebody asked for stay, whatever the configuration names; a change is shown before it is made.
alter table attribution_models add column created_by text not null default 'system';
alter table attribution_models alter column created_by drop default;
-- Of a dry run: the version that is proposed, in place of the published one of its model.
alter table backfills add column proposal jsonb;
-- An order that claims a campaign which was unknown is settled when a campaign of that name or code comes.
create index orders_by_reported_campaign on orders (reported_campaign) where reported_campaign is not null;
