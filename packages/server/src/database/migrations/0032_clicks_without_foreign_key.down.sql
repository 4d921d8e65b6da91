drop table arrived_links;
drop trigger campaigns_of_clicks on campaigns;
drop function refuse_campaign_of_clicks();
alter table clicks add constraint clicks_campaign_fk foreign key (campaign_id) references campaigns (id);
